/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imds.lifecycle;

import java.time.Duration;

/**
 * Settings of a watcher.
 *
 * @param interval the time between checks for urgent events
 * @param slowInterval the time between checks for all other events
 * @param jitter the maximum time by which a check is delayed at random
 * @param tags whether tags are watched
 */
record WatcherSettings(Duration interval, Duration slowInterval, Duration jitter, boolean tags) {

	static final WatcherSettings DEFAULTS = new WatcherSettings(Duration.ofSeconds(5), Duration.ofMinutes(1),
			Duration.ofMillis(500), false);

}
