/**
 * Judges that answer "yes" or "no" ({@code rewarddance_model} = {@code yes_no_judge}): pointwise
 * about an image, pairwise about an image against a reference, over the full vocabulary.
 */
package io.rewarddance.embedded.model.judge;
