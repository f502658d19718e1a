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

package io.github.imds.benchmarks.process;

import java.nio.file.Path;
import java.time.Duration;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.token.FileImdsTokenStore;

/**
 * Program that reads values with the client of this project.
 *
 * @since 0.1.0
 */
public final class ImdsClientProgram {

	/**
	 * System property with the directory of tokens that several processes share.
	 */
	private static final String TOKENS = "measured.tokens";

	private ImdsClientProgram() {
	}

	/**
	 * Read values.
	 * @param args their paths
	 */
	public static void main(String[] args) {
		// A hundred processes on two processors wait for each other
		ImdsClientBuilder builder = ImdsClient.builder().timeout(Duration.ofMinutes(1));
		String tokens = System.getProperty(TOKENS);
		if (tokens != null) {
			builder.tokenStore(new FileImdsTokenStore(Path.of(tokens)));
		}
		ImdsClient client = builder.build();
		int found = 0;
		for (String path : args) {
			found += client.get(path).isPresent() ? 1 : 0;
		}
		Ready.print(found, client);
	}

}
