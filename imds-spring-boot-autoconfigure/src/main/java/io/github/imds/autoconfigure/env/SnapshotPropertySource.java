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

package io.github.imds.autoconfigure.env;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.core.env.MapPropertySource;

/**
 * Instance metadata read when the application started.
 */
final class SnapshotPropertySource extends MapPropertySource implements PropertySourceInfo {

	private static final String TAGS = "imds.tags.instance";

	SnapshotPropertySource(String name, Map<String, Object> properties) {
		super(name, properties);
	}

	/**
	 * Return a property. Tags are also found by their plain keys. The source does not
	 * list these, because a name such as {@code imds.tags.instance.Name} cannot be bound.
	 */
	@Override
	public @Nullable Object getProperty(String name) {
		Object value = super.getProperty(name);
		if (value == null && name.startsWith(TAGS + ".")) {
			return super.getProperty("%s[%s]".formatted(TAGS, name.substring(TAGS.length() + 1)));
		}
		return value;
	}

	@Override
	public boolean containsProperty(String name) {
		return getProperty(name) != null;
	}

	@Override
	public boolean isImmutable() {
		return true;
	}

}
