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
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.github.imds.ImdsException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.client.ReadOption;
import io.github.imds.test.ImdsSimulator;
import io.github.imds.token.FileImdsTokenStore;

/**
 * Prints instance metadata as JSON. It starts no Spring context, so that it is quick.
 *
 * @since 0.1.0
 */
@Command(name = "imds", mixinStandardHelpOptions = true, sortOptions = false, versionProvider = VersionProvider.class,
		description = "Prints the metadata of this EC2 instance as JSON: everything, or what the arguments select.",
		exitCodeListHeading = "%nExit status:%n",
		exitCodeList = { "0:success", "1:the service did not answer, or does not have the category",
				"2:the arguments are not as they should be" })
public final class ImdsCommand implements Callable<Integer> {

	private static final int ABSENT = 1;

	private final Console console;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Parameters(paramLabel = "CATEGORY", arity = "0..*",
			description = "Paths of values or directories, such as meta-data/instance-id.")
	private List<String> categories = new ArrayList<>();

	@Option(names = "-E", paramLabel = "REGEX", description = "Print the categories that match.")
	private @Nullable Pattern match;

	@Option(names = "-L", description = "List all categories there may be.")
	private boolean listAll;

	@Option(names = "-l", paramLabel = "REGEX", description = "List the categories that match.")
	private @Nullable Pattern list;

	@Option(names = "-U", description = "Write the user data as it is, byte for byte.")
	private boolean userData;

	@Option(names = "--show-secrets", description = "Print credentials and user data, which otherwise read ******.")
	private boolean showSecrets;

	@Option(names = "--simulate", description = "Use a simulated instance.")
	private boolean simulate;

	@Option(names = "--imds", paramLabel = "ENDPOINT", split = ",",
			description = "Addresses of the service, tried in order, such as http://169.254.169.254.")
	private URI @Nullable [] endpoints;

	@Option(names = "-t", paramLabel = "DIR",
			description = "Where session tokens are kept. Default: below the cache directory of the user.")
	private @Nullable Path tokenDirectory;

	@Option(names = "--no-token-cache", description = "Do not keep session tokens.")
	private boolean noTokenCache;

	@Option(names = "--timeout", paramLabel = "SECONDS", description = "How long one request may take. Default: 5, "
			+ "of which 1 for making the connection and 1 for waiting.")
	private @Nullable BigDecimal timeout;

	@Option(names = { "-v", "--verbose" }, description = "Say what is requested, on standard error.")
	private boolean verbose;

	private ImdsCommand(Console console) {
		this.console = console;
	}

	/**
	 * Run the command and exit with its status.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		System.exit(run(args));
	}

	/**
	 * Run the tool.
	 * @param args the command line
	 * @return the exit status
	 */
	public static int run(String... args) {
		CommandLine commandLine = commandLine(Console.ofProcess());
		CommandLine.IExecutionStrategy strategy = commandLine.getExecutionStrategy();
		return commandLine.setExecutionStrategy((result) -> {
			LogOutput.configure(result.hasMatchedOption("-v"));
			return strategy.execute(result);
		}).execute(args);
	}

	static int run(Console console, String... args) {
		return commandLine(console).execute(args);
	}

	private static CommandLine commandLine(Console console) {
		return new CommandLine(new ImdsCommand(console))
			.setOut(new PrintWriter(console.output(), true, StandardCharsets.UTF_8))
			.setErr(new PrintWriter(console.errors(), true, StandardCharsets.UTF_8))
			.setParameterExceptionHandler((ex, args) -> {
				console.complain(ex.getMessage());
				console.complain("try --help");
				return ex.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
			})
			.setExecutionExceptionHandler((ex, commandLine, result) -> {
				if (ex instanceof ImdsException) {
					console.complain(ex.getMessage());
					return commandLine.getCommandSpec().exitCodeOnExecutionException();
				}
				throw ex;
			});
	}

	@Override
	public Integer call() throws IOException {
		checkOptions();
		if (this.listAll || this.list != null) {
			return print(listed());
		}
		if (this.userData && this.console.isTerminal()) {
			throw usageError("-U writes to a file or a pipe, not to a terminal");
		}
		if (!this.simulate) {
			return read(null);
		}
		try (ImdsSimulator simulator = ImdsSimulator.start()) {
			return read(simulator);
		}
	}

	private int read(@Nullable ImdsSimulator simulator) throws IOException {
		try (ImdsClient client = client(simulator)) {
			if (this.userData) {
				return writeUserData(client);
			}
			if (this.match != null) {
				return print(secrets().mask(client.match(this.match, ReadOption.INCLUDE_SENSITIVE)));
			}
			if (this.categories.isEmpty()) {
				return print(secrets().mask(client.everything(ReadOption.INCLUDE_SENSITIVE)));
			}
			return readCategories(client);
		}
	}

	private int readCategories(ImdsClient client) throws IOException {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		for (String category : this.categories) {
			try {
				client.read(category, ReadOption.INCLUDE_SENSITIVE)
					.ifPresentOrElse((value) -> values.put(category, value), () -> values.put(category, null));
			}
			catch (IllegalArgumentException ex) {
				throw usageError(ex.getMessage());
			}
		}
		if (this.categories.size() == 1 && values.containsValue(null)) {
			this.console.complain("this instance has no " + this.categories.get(0));
			return ABSENT;
		}
		return print(secrets().mask(values));
	}

	private int writeUserData(ImdsClient client) throws IOException {
		Optional<InputStream> userData = client.stream("user-data");
		if (userData.isEmpty()) {
			this.console.complain("this instance has no user data");
			return ABSENT;
		}
		try (InputStream stream = userData.get()) {
			stream.transferTo(this.console.output());
		}
		this.console.output().flush();
		return CommandLine.ExitCode.OK;
	}

	private List<String> listed() {
		return Arrays.stream(MetadataCategory.values())
			.map(MetadataCategory::pattern)
			.filter((pattern) -> this.list == null || this.list.matcher(pattern).find())
			.toList();
	}

	private int print(Object value) throws IOException {
		Json.write(value, this.console.output());
		return CommandLine.ExitCode.OK;
	}

	private Secrets secrets() {
		return new Secrets(this.showSecrets);
	}

	private ImdsClient client(@Nullable ImdsSimulator simulator) {
		ImdsClientBuilder builder = ImdsClient.builder();
		try {
			if (simulator != null) {
				builder.endpoints(simulator.endpoint());
			}
			if (this.endpoints != null) {
				builder.endpoints(this.endpoints);
			}
			if (this.timeout != null) {
				Duration timeout = Duration.ofMillis(this.timeout.movePointRight(3).longValue());
				builder.connectTimeout(timeout).readTimeout(timeout).timeout(timeout);
			}
			if (this.tokenDirectory != null) {
				builder.tokenStore(new FileImdsTokenStore(this.tokenDirectory));
			}
			else if (!this.noTokenCache && simulator == null) {
				builder.tokenStore(new FileImdsTokenStore(FileImdsTokenStore.defaultDirectory()));
			}
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw usageError(ex.getMessage());
		}
	}

	private void checkOptions() {
		Map<String, Boolean> selections = new LinkedHashMap<>();
		selections.put("CATEGORY", !this.categories.isEmpty());
		selections.put("-E", this.match != null);
		selections.put("-L", this.listAll);
		selections.put("-l", this.list != null);
		selections.put("-U", this.userData);
		checkAtMostOne(selections);
		checkAtMostOne(Map.of("--simulate", this.simulate, "--imds", this.endpoints != null));
		checkAtMostOne(Map.of("-t", this.tokenDirectory != null, "--no-token-cache", this.noTokenCache));
	}

	private void checkAtMostOne(Map<String, Boolean> options) {
		List<String> given = options.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
		if (given.size() > 1) {
			throw usageError(String.join(" and ", given) + " cannot be used together");
		}
	}

	private ParameterException usageError(@Nullable String message) {
		return new ParameterException(this.spec.commandLine(), message);
	}

}
