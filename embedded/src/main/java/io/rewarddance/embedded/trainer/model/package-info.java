/** What a model's version directory holds, as training needs it. */
package io.rewarddance.embedded.trainer.model;
