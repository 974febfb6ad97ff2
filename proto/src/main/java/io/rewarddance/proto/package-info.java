/** Wire contracts: generated stubs are in sub-packages named after their service. */
package io.rewarddance.proto;
