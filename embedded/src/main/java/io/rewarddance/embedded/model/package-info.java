/**
 * What a served model is ({@link io.rewarddance.embedded.model.ServedModel}, made by a {@link
 * io.rewarddance.embedded.model.ModelFactory}) and the models of this module. The server calls
 * these types and knows no model; a model knows no server.
 */
package io.rewarddance.embedded.model;
