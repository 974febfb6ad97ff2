/**
 * Step 9: puts a new policy into service and proves it. A version directory appears in the
 * repository as a whole or not at all; every endpoint loads it, or none counts as switched; a
 * pinned canary shows by version, digest and latents who answers. {@code docs/publishing.md} has
 * the sequence and what can go wrong.
 */
package io.rewarddance.driver.publish;
