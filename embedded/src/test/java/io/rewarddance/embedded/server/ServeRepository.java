package io.rewarddance.embedded.server;

import java.io.IOException;
import java.nio.file.Path;

/** Serves a repository of fake models until it is killed: the one side of compare_servers.py. */
final class ServeRepository {
  private ServeRepository() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    ServerSettings settings =
        new ServerSettings(Path.of(args[0]), "127.0.0.1", Integer.parseInt(args[1]), 2, false);
    InferenceServer server = InferenceServer.start(settings, FakeModels.factories());
    System.out.println("listens on port " + server.port());
    Thread.currentThread().join();
  }
}
