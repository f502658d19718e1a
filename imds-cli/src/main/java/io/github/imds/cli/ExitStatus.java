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

package io.github.imds.cli;

/**
 * The exit statuses of the tool.
 */
final class ExitStatus {

	/** The instance has everything that was requested. */
	static final int OK = 0;

	/** The service does not answer, or lacks a requested category. */
	static final int FAILURE = 1;

	/** The command line is invalid. */
	static final int USAGE = 2;

	/** The reader of the output is gone. */
	static final int BROKEN_PIPE = 141;

	private ExitStatus() {
	}

}
