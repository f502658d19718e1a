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

import java.util.List;

/**
 * Check for one kind of event. Remembers what it found, so that each event is found once.
 */
interface Check {

	/**
	 * Read the metadata and compare it with the previous reading.
	 * @return the events since the last time, in order
	 * @throws io.github.imds.ImdsException if the metadata cannot be read; nothing has
	 * changed then
	 */
	List<LifecycleEvent> read();

	/**
	 * Return whether the metadata is read at the short interval from now on.
	 */
	boolean frequent();

	/**
	 * Return whether the check makes sense on this instance.
	 */
	default boolean applicable() {
		return true;
	}

	/**
	 * Return the events whose subject is still announced, in order.
	 */
	List<LifecycleEvent> standing();

}
