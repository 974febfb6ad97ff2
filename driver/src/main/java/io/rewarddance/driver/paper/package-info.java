/**
 * {@code rewarddance reproduce paper}: the RewardDance paper in miniature. Cells ({@code cell}) are
 * planned into a budget ({@code plan}), worked off one after the other ({@code work}) by the calls
 * behind the commands ({@code cells}); claims of the paper are held against what came of it ({@code
 * claim}), and a page shows both beside each other ({@code page}).
 */
package io.rewarddance.driver.paper;
