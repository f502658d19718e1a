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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.imds.autoconfigure.env.PropertyValues.Reader;
import io.github.imds.autoconfigure.env.PropertyValues.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PropertyValues}.
 */
class PropertyValuesTests {

	private final ImdsPropertyName property = ImdsPropertyName.of("imds.tags.instance[Name]");

	private final AtomicInteger reads = new AtomicInteger();

	@Test
	void aValueIsReadOnceInsideItsOwnRead() {
		AtomicReference<@Nullable PropertyValues> values = new AtomicReference<>();
		values.set(values((name) -> {
			int read = this.reads.incrementAndGet();
			Object nested = values.get().get(name);
			return new Result(read + " around " + nested);
		}));
		assertThat(values.get().get(this.property)).isEqualTo("1 around 2 around null");
		assertThat(this.reads).hasValue(2);
	}

	@Test
	void theFailureOfAnInterruptedThreadIsItsOwn() {
		PropertyValues values = values((name) -> {
			this.reads.incrementAndGet();
			return Thread.currentThread().isInterrupted() ? null : new Result("web");
		});
		Thread.currentThread().interrupt();
		assertThat(values.get(this.property)).isNull();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(values.get(this.property)).isEqualTo("web");
	}

	@Test
	void aRefreshReadsAValueThatCouldNotBeRead() {
		PropertyValues values = values((name) -> (this.reads.incrementAndGet() == 1) ? null : new Result("web"));
		assertThat(values.get(this.property)).isNull();
		assertThat(values.get(this.property)).isNull();
		values.expire();
		assertThat(values.get(this.property)).isEqualTo("web");
	}

	private static PropertyValues values(Function<ImdsPropertyName, @Nullable Result> read) {
		return new PropertyValues(new Reader() {

			@Override
			public @Nullable Result read(ImdsPropertyName property) {
				return read.apply(property);
			}

			@Override
			public Duration timeToLive() {
				return Duration.ofMinutes(1);
			}

		});
	}

}
