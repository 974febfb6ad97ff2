/**
 * The driver's own gRPC service ({@code rewarddance/driver.proto}): programs in other languages
 * follow a run and steer it.
 */
package io.rewarddance.driver.service;
