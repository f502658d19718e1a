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

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code imds watch}.
 */
class WatchCommandIT {

	private static final Instant TIME = Instant.parse("2126-01-02T03:04:05Z");

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final InstalledCommand command = InstalledCommand.ofBuild()
		.with("XDG_CACHE_HOME", "/dev/null/cache")
		.with("AWS_EC2_METADATA_SERVICE_ENDPOINT", this.simulator.endpoint());

	private @Nullable Process process;

	@AfterEach
	void stop() {
		if (this.process != null) {
			this.process.destroyForcibly();
		}
		this.simulator.close();
	}

	private Process watch(String... options) {
		String[] args = new String[options.length + 3];
		args[0] = "watch";
		args[1] = "--interval";
		args[2] = "100ms";
		System.arraycopy(options, 0, args, 3, options.length);
		Process watching = this.command.start(args);
		this.process = watching;
		return watching;
	}

	@Test
	void printsNoticesAndEndsWithTheStatusOfTheSignal() throws Exception {
		this.simulator.interruptSpot("stop", TIME);
		Process watching = watch();
		BufferedReader reader = watching.inputReader();
		assertThat(JsonMapper.shared().readValue(reader.readLine(), Object.class))
			.isEqualTo(Map.of("notice", "spot-interruption", "action", "stop", "time", "2126-01-02T03:04:05Z"));
		this.simulator.targetLifecycleState("Terminated");
		assertThat(reader.readLine()).contains("target-lifecycle-state-changed", "\"to\":\"Terminated\"");
		watching.destroy();
		assertThat(watching.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(watching.exitValue()).isEqualTo(128 + 15);
	}

	@Test
	void runsACommandForEachNotice() throws IOException {
		this.simulator.interruptSpot("terminate", TIME);
		BufferedReader reader = watch("--exec",
				"printf '%s\\n' \"$IMDS_NOTICE_JSON\" \"$IMDS_NOTICE $IMDS_NOTICE_ACTION $IMDS_NOTICE_TIME\"")
			.inputReader();
		String notice = reader.readLine();
		assertThat(notice).contains("spot-interruption");
		assertThat(reader.readLine()).isEqualTo(notice);
		assertThat(reader.readLine()).isEqualTo("spot-interruption terminate 2126-01-02T03:04:05Z");
	}

	@Test
	void aCommandThatFailsDoesNotEndTheWatching() throws IOException {
		this.simulator.interruptSpot("terminate", TIME);
		BufferedReader reader = watch("--exec", "exit 3").inputReader();
		assertThat(reader.readLine()).contains("spot-interruption");
		this.simulator.targetLifecycleState("Terminated");
		assertThat(reader.readLine()).contains("Terminated");
	}

}
