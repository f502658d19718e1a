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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.imds.category.MetadataCategory;

/**
 * Keeps what is fixed while the instance runs.
 */
final class Facts {

	private final Map<MetadataCategory, Fact<?>> facts = new ConcurrentHashMap<>();

	/**
	 * Return the value of a category, read now unless it is fixed and was read before.
	 * @param <T> the type of the value, always the same for a category
	 * @param category the category
	 * @param reader reads the value
	 * @return the value
	 */
	@SuppressWarnings("unchecked")
	<T> T get(MetadataCategory category, Supplier<T> reader) {
		if (category.changing()) {
			return reader.get();
		}
		return ((Fact<T>) this.facts.computeIfAbsent(category, (key) -> new Fact<T>())).get(reader);
	}

	/**
	 * A value that is read once. Threads that ask for it meanwhile wait; if it cannot be
	 * read the next one tries again.
	 *
	 * @param <T> the type of the value
	 */
	private static final class Fact<T> {

		private final Lock lock = new ReentrantLock();

		private volatile @Nullable T value;

		T get(Supplier<T> reader) {
			T known = this.value;
			return (known != null) ? known : read(reader);
		}

		private T read(Supplier<T> reader) {
			this.lock.lock();
			try {
				T known = this.value;
				if (known == null) {
					known = reader.get();
					this.value = known;
				}
				return known;
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
