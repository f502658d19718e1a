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

import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ListedNames}.
 */
class ListedNamesTests {

	@RepeatedTest(50)
	void namesThatThreadsAddAtTheSameTimeAreAllListed() {
		ListedNames names = new ListedNames();
		IntStream.range(0, 400).parallel().forEach((i) -> names.add("imds.tags.instance.a" + i));
		assertThat(names.names()).hasSize(ListedNames.DIRECTORIES.length + 400);
	}

}
