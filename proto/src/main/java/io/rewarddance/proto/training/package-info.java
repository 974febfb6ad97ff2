/**
 * The JSON messages of the training backend's HTTP interface (see {@code
 * openapi/training-backend.yaml}), the same for the driver that sends them and for any backend
 * written in Java.
 */
package io.rewarddance.proto.training;
