/**
 * The gold oracle of the shapes world ({@code rewarddance_model} = {@code shapes_oracle}): which
 * shapes of which colours an image shows, and whether that is what the prompt says. Its algorithm
 * is stated step by step in the model's card; everything is double or integer, so that every
 * implementation answers alike.
 */
package io.rewarddance.embedded.model.oracle;
