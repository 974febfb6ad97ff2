package io.rewarddance.driver.doctor.triton;

/**
 * Why a server can't be looked at.
 *
 * @param detail what was seen
 * @param advice what to do
 */
public record Trouble(String detail, String advice) {}
