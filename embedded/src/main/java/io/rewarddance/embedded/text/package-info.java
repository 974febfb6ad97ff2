/** From prompts to token ids: a model's word list, and the tokenizer that refuses other words. */
package io.rewarddance.embedded.text;
