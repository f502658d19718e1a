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

package io.github.imds.integration.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.SimulatedInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that token files are kept in a directory that ends with the test run.
 */
@SpringBootTest(properties = "imds.client.token.store=file")
@SimulatedInstance
class TokenFilesTests {

	@Test
	void filesAreInATemporaryDirectory(@Autowired ImdsClient client,
			@Value("${imds.client.token.directory}") Path directory) throws IOException {
		assertThat(client.get("meta-data/instance-id")).isPresent();
		assertThat(directory).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
		try (var files = Files.list(directory)) {
			assertThat(files).isNotEmpty();
		}
	}

}
