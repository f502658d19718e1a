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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.imds.client.ImdsClient;

/**
 * {@link Check} for changes of the tags.
 */
final class TagsCheck implements Check {

	private static final String DIRECTORY = "meta-data/tags/instance";

	private final ImdsClient client;

	private @Nullable Map<String, String> tags;

	private boolean absentBefore;

	TagsCheck(ImdsClient client) {
		this.client = client;
	}

	@Override
	public boolean frequent() {
		return false;
	}

	@Override
	public List<LifecycleEvent> standing() {
		return List.of();
	}

	@Override
	public List<LifecycleEvent> read() {
		Map<String, String> before = this.tags;
		boolean absentBefore = this.absentBefore;
		this.absentBefore = false;
		Map<String, String> now = readTags();
		this.absentBefore = now.isEmpty();
		if (now.isEmpty() && !absentBefore && before != null) {
			// Once is not enough: a service that restarts may lack the tags
			return List.of();
		}
		this.tags = now;
		return (before != null && !before.equals(now)) ? List.of(new InstanceTagsChangedEvent(before, now)) : List.of();
	}

	/**
	 * Read the tags one by one, since a tree leaves out what cannot be read.
	 */
	private Map<String, String> readTags() {
		Map<String, String> tags = new LinkedHashMap<>();
		for (String key : this.client.list(DIRECTORY)) {
			this.client.get(DIRECTORY + "/" + key).ifPresent((value) -> tags.put(key, value));
		}
		return Collections.unmodifiableMap(tags);
	}

}
