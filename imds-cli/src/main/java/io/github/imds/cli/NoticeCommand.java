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

import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

import io.github.imds.cli.text.DocumentWriter;

/**
 * The shell command that runs for each notice, one at a time.
 *
 * @param command the command
 */
record NoticeCommand(String command) {

	/**
	 * Run the command and wait for its end. A command that fails does not end the
	 * watching.
	 * @param notice the notice, which the environment of the command holds
	 * @param console told of a failure
	 */
	void run(Map<String, Object> notice, Console console) {
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", this.command).redirectInput(new File("/dev/null"))
			.redirectOutput(ProcessBuilder.Redirect.INHERIT)
			.redirectError(ProcessBuilder.Redirect.INHERIT);
		Map<String, String> environment = builder.environment();
		environment.put("IMDS_NOTICE_JSON", DocumentWriter.toLine(notice));
		notice.forEach((name, value) -> {
			if (value instanceof String text) {
				environment.put(variable(name), text);
			}
		});
		try {
			int status = builder.start().waitFor();
			if (status != 0) {
				console.complain("the command of --exec ended with status " + status);
			}
		}
		catch (IOException ex) {
			console.complain("the command of --exec cannot be run: " + ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return the variable of a name: {@code IMDS_NOTICE_TIME} for {@code time}, and
	 * {@code IMDS_NOTICE} for the notice itself.
	 */
	private static String variable(String name) {
		return name.equals("notice") ? "IMDS_NOTICE"
				: "IMDS_NOTICE_" + name.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
	}

}
