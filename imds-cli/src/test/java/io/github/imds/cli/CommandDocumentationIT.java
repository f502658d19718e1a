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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.imds.cli.InstalledCommand.Result;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the commands that the documentation shows, and compares what they print.
 */
class CommandDocumentationIT {

	private static final Path PAGE = InstalledCommand.DISTRIBUTION.resolve("../../docs/cli.md");

	private static final Pattern CONSOLE = Pattern.compile("(?s)```console\n(.*?)```");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void theCommandsPrintWhatThePageShows() throws IOException {
		List<Session> sessions = CONSOLE.matcher(Files.readString(PAGE))
			.results()
			.map((block) -> block.group(1))
			.flatMap((block) -> sessions(block).stream())
			.toList();
		assertThat(sessions).hasSizeGreaterThan(10);
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			InstalledCommand command = InstalledCommand.ofBuild()
				.with("XDG_CACHE_HOME", this.directory)
				.with("AWS_EC2_METADATA_SERVICE_ENDPOINT", simulator.endpoint());
			for (Session session : sessions) {
				Result result = command.shell("cd '%s' && { %s; } 2>&1".formatted(this.directory, session.command()));
				assertThat(result.output()).as(session.command()).isEqualTo(session.output());
			}
		}
	}

	@Test
	void theManualAndTheCompletionsNameEveryOption() throws IOException {
		Path share = InstalledCommand.DISTRIBUTION.resolve("share");
		String manual = Files.readString(share.resolve("man/man1/imds.1")).replace("\\-", "-");
		String bash = Files.readString(share.resolve("bash-completion/completions/imds"));
		String zsh = Files.readString(share.resolve("zsh/site-functions/_imds"));
		String fish = Files.readString(share.resolve("fish/vendor_completions.d/imds.fish"));
		for (CommandOption option : CommandOption.values()) {
			String word = option.toOption().getLongOpt();
			assertThat(manual).contains(option.toString());
			assertThat(bash).contains((word != null) ? "--" + word : option.toString());
			assertThat(zsh).contains((word != null) ? "--" + word : option.toString());
			assertThat(fish).contains((word != null) ? "-l " + word : "-s " + option.toString().substring(1));
		}
	}

	@Test
	void everyOptionOfTheManualExists() throws IOException {
		String manual = Files.readString(InstalledCommand.DISTRIBUTION.resolve("share/man/man1/imds.1"))
			.replace("\\-", "-");
		Set<String> options = Stream.of(CommandOption.values())
			.map((option) -> option.toOption().getLongOpt())
			.collect(Collectors.toSet());
		assertThat(Pattern.compile("--([a-z][a-z-]+)").matcher(manual).results().map((match) -> match.group(1)))
			.isNotEmpty()
			.isSubsetOf(options);
	}

	private static List<Session> sessions(String block) {
		List<Session> sessions = new ArrayList<>();
		for (MatchResult match : Pattern.compile("(?m)^\\$ (.*)\n((?:(?!\\$ ).*\n)*)")
			.matcher(block)
			.results()
			.toList()) {
			sessions.add(new Session(match.group(1), match.group(2)));
		}
		return sessions;
	}

	/**
	 * A command as typed.
	 *
	 * @param command the command line
	 * @param output what it prints
	 */
	private record Session(String command, String output) {
	}

}
