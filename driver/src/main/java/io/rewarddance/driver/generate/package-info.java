/**
 * Step 2: draws images. One request for each group, with every setting as a tensor; what comes back
 * is checked against what was asked for, row by row: shapes, finite numbers, and the version and
 * digest of the policy that answered.
 */
package io.rewarddance.driver.generate;
