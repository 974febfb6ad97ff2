/** What all models do with a call: read its inputs row by row, and its model's parameters. */
package io.rewarddance.embedded.model.request;
