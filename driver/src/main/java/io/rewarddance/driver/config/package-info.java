/**
 * What a run is told to do. {@link io.rewarddance.driver.config.RunConfig} is the whole of it, read
 * once from an experiment file and never changed; nothing else in the driver reads files of
 * settings or the environment. Names, defaults and limits are in {@code docs/experiment-file.md}
 * and in the JSON schema beside this package.
 */
package io.rewarddance.driver.config;
