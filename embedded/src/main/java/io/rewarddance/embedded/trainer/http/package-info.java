/** The training backend's HTTP interface, as {@code openapi/training-backend.yaml} describes it. */
package io.rewarddance.embedded.trainer.http;
