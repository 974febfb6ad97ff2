// The repository's .proto files as gRPC clients, made while the program starts: no generated code.
import { fileURLToPath } from "node:url";
import { credentials, loadPackageDefinition, status } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const protos = fileURLToPath(new URL("../../proto/src/main/proto", import.meta.url));
const options = { includeDirs: [protos], keepCase: true, longs: Number, enums: String };

export const { inference } = loadPackageDefinition(loadSync("triton/grpc_service.proto", options));
export const { rewarddance } = loadPackageDefinition(loadSync("rewarddance/driver.proto", options));

/** Triton at host:port. */
export const triton = (endpoint) => new inference.GRPCInferenceService(endpoint, credentials.createInsecure());

/** The service of a run at host:port. */
export const run = (endpoint) => new rewarddance.v1.RunService(endpoint, credentials.createInsecure());

/** A gRPC error in words; any other has its own. */
export const reason = (error) => (error.code in status ? `${status[error.code]}: ${error.details}` : error.message);
