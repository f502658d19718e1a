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
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.imds.metadata.InstanceMetadata;

/**
 * {@link Check} for changes of the tags.
 */
final class TagsCheck implements Check {

	private final InstanceMetadata instance;

	private @Nullable Map<String, String> tags;

	TagsCheck(InstanceMetadata instance) {
		this.instance = instance;
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
		Map<String, String> now = this.instance.tags();
		this.tags = now;
		return (before != null && !before.equals(now)) ? List.of(new InstanceTagsChangedEvent(before, now)) : List.of();
	}

}
