/**
 * The gold oracle of the shapes world ({@code rewarddance_model} = {@code shapes_oracle}): which
 * shapes of which colours an image shows, and whether that is what the prompt says. Its algorithm
 * is stated step by step in the model's card; everything is double or integer, so that every
 * implementation answers alike. Beside it {@code shapes_style}: how alike two images are in what
 * the prompt leaves open.
 */
package io.rewarddance.embedded.model.oracle;
