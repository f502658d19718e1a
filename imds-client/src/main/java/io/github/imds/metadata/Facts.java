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

package io.github.imds.metadata;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.springframework.util.function.SingletonSupplier;

import io.github.imds.category.MetadataCategory;

/**
 * Facts about an instance: fixed ones are read once, and kept. Threads that ask for a
 * fact meanwhile wait for it. Absence and failures are not kept: at boot the service can
 * lack what it has a moment later.
 */
final class Facts {

	private final Map<MetadataCategory, SingletonSupplier<?>> facts = new ConcurrentHashMap<>();

	/**
	 * Return the value of a category, read now unless it is fixed and was read before.
	 * @param <T> the type of the value, always the same for a category
	 * @param category the category
	 * @param reader reads the value
	 * @return the value
	 */
	@SuppressWarnings("unchecked")
	<T> Optional<T> get(MetadataCategory category, Supplier<Optional<T>> reader) {
		if (category.changing()) {
			return reader.get();
		}
		SingletonSupplier<?> fact = this.facts.computeIfAbsent(category,
				(key) -> SingletonSupplier.ofNullable(() -> reader.get().orElse(null)));
		T value = (T) fact.get();
		if (value == null) {
			this.facts.remove(category, fact);
		}
		return Optional.ofNullable(value);
	}

}
