package io.rewarddance.driver.config;

import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of settings file: its schema, and what a schema can't say.
 *
 * @param <C> what a file of this kind says
 */
interface FileKind<C> {
  /** Resource with the JSON schema. */
  String schema();

  /** A key at the top that files of this kind have and others don't. */
  String ownKey();

  /** What a file holds, for messages: {@code an experiment}. */
  String what();

  /** First line of the settings that are kept, a comment without its sign. */
  String keptAs();

  /** Fills in what follows from other settings; the schema's defaults are there already. */
  void complete(ObjectNode root, SchemaDefaults defaults);

  /**
   * Says what doesn't go together, and what is missing on disk.
   *
   * @param root where relative paths start
   */
  void check(Rules rules, Path root);

  C bind(Settings root);

  /** Where whoever works with these settings keeps them and everything else. */
  Path directory(C config);
}
