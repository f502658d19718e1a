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

package io.github.imds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checked-in file that is generated from the code, at least in part.
 *
 * @param path the path of the file
 */
public record GeneratedFile(Path path) {

	private static final String UPDATE = "imds.update-metadata";

	/**
	 * Return the current content.
	 * @return the text
	 */
	public String read() throws IOException {
		return Files.readString(this.path);
	}

	/**
	 * Check that the file is up to date, or bring it up to date if a system property says
	 * so.
	 * @param expected the expected content
	 */
	public void assertHolds(String expected) throws IOException {
		if (Boolean.getBoolean(UPDATE)) {
			Files.writeString(this.path, expected);
		}
		assertThat(read()).as("%s is out of date. Update it with 'mvn test -D%s=true'", this.path.getFileName(), UPDATE)
			.isEqualTo(expected);
	}

}
