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

package io.github.imds.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.imds.client.ImdsClient;
import io.github.imds.test.ImdsSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the start-up cost of the starter, in a separate JVM: requests, threads and
 * classes. A change that adds to one of them on purpose updates the numbers here.
 */
class StartUpCountsTests {

	private static final Pattern LOADED = Pattern.compile("^(\\S+) source: ");

	/**
	 * Dependencies of the starter, by the names of their jar files. The tests have more
	 * on their class path.
	 */
	private static final Pattern STARTER_JAR = Pattern
		.compile("(spring-(boot|boot-autoconfigure|core|beans|context|aop|expression|web)|commons-logging|jspecify"
				+ "|micrometer-(commons|observation)|jackson-(annotations|core|databind)|logback-(classic|core)"
				+ "|slf4j-api|snakeyaml)-\\d.*\\.jar");

	/**
	 * Additional dependencies of a web application.
	 */
	private static final Pattern WEB_JAR = Pattern.compile(
			"(spring-(webmvc|boot-(webmvc|web-server|servlet|tomcat|http-converter|jackson))|jakarta.annotation-api"
					+ "|tomcat-embed-(core|el|websocket))-\\d.*\\.jar");

	private static final String OURS = "io.github.imds.";

	/**
	 * Packages with classes that are not loaded unless metadata is read.
	 */
	private static final String[] ON_DEMAND = { OURS + "category.", OURS + "client.http.", OURS + "client.session.",
			OURS + "client.tree." };

	private final List<String> options = new ArrayList<>();

	private final Map<String, String> environment = new HashMap<>();

	private ImdsSimulator simulator;

	private String endpoint;

	@TempDir
	private Path directory;

	@BeforeEach
	void start() {
		this.simulator = ImdsSimulator.start();
		this.endpoint = this.simulator.endpoint().toString();
	}

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void noPropertyCostsNoRequestAndNoThreadAndFewClasses() throws Exception {
		Start start = start(true);
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(start.threads()).isEqualTo(start(false).threads());
		assertThat(start.classes(OURS)).isNotEmpty();
		assertThat(start.classes(ON_DEMAND)).isEmpty();
		assertThat(start.classes("org.springframework.web.client.", "org.springframework.http.", "tools.jackson.",
				"io.micrometer."))
			.as("nothing but what a condition asks for")
			.containsOnly("io.micrometer.observation.ObservationRegistry");
	}

	@Test
	void threePropertiesCostFourRequestsAndNoThread() throws Exception {
		Start start = start(true, "imds.instance-id", "imds.placement.region", "imds.tags.instance[Name]");
		assertThat(this.simulator.requests()).containsExactly("PUT /latest/api/token",
				"GET /latest/meta-data/instance-id", "GET /latest/meta-data/placement/region",
				"GET /latest/meta-data/tags/instance/Name");
		assertThat(start.found()).isEqualTo(3);
		assertThat(start.threads()).isEqualTo(start(false).threads());
		assertThat(start.classes(OURS + "client.tree.")).as("a value is not a tree").isEmpty();
		assertThat(start.classes("tools.jackson.databind.json.")).as("text is no JSON").isEmpty();
	}

	@Test
	void refusedConnectionsLoadNoHttpClient() throws Exception {
		this.simulator.close();
		Start start = start(true, "imds.instance-id", "imds.placement.region", "imds.tags.instance[Name]");
		assertThat(start.found()).isZero();
		assertThat(start.classes(OURS + "client.session.")).isNotEmpty();
		assertThat(start.classes("org.springframework.web.client.DefaultRestClient",
				"org.springframework.http.client.AbstractClientHttpRequest", "sun.net.www.http."))
			.isEmpty();
	}

	@Test
	void disabledMetadataLoadsNoNames() throws Exception {
		this.environment.put("AWS_EC2_METADATA_DISABLED", "true");
		Start start = start(true, "imds.instance-id", "imds.placement.region", "imds.tags.instance[Name]");
		assertThat(start.found()).isZero();
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(start.classes(OURS + "category.", OURS + "client.DefaultImdsClient")).isEmpty();
	}

	/**
	 * Metadata is unavailable, because the operating system does not run on EC2.
	 */
	@Test
	void aWebApplicationOffEc2LoadsAndStartsNothing() throws Exception {
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "");
		this.options.add("-Dclaimed.os.name=Mac OS X");
		assertNothingIsLoadedOrStarted();
	}

	@Test
	void aWebApplicationThatSwitchesMetadataOffLoadsAndStartsNothing() throws Exception {
		Files.writeString(this.directory.resolve("application.yml"), "imds.client.enabled: false");
		this.options.add("-Dspring.config.additional-location=" + this.directory.toUri());
		assertNothingIsLoadedOrStarted();
	}

	private void assertNothingIsLoadedOrStarted() throws IOException {
		Start without = start(StartedWebApplication.class, false);
		Start start = start(StartedWebApplication.class, true);
		assertThat(start.output()).contains("Tomcat started", "client throws ImdsUnavailableException",
				"facts throws ImdsUnavailableException");
		assertThat(start.found()).as("property source").isZero();
		assertThat(start.threads()).isEqualTo(without.threads());
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(start.classes(OURS + "client.http.", OURS + "client.session.", OURS + "client.tree.")).isEmpty();
		assertThat(start.classes("org.springframework.web.client.", "org.springframework.http.", "tools.jackson.",
				"java.net.", "sun.nio.ch."))
			.isSubsetOf(without.loaded());
	}

	/**
	 * Start the application in a virtual machine of its own.
	 * @param imds whether the starter is on the class path
	 * @param properties the properties to read
	 */
	private Start start(boolean imds, String... properties) throws IOException {
		return start(StartedApplication.class, imds, properties);
	}

	private Start start(Class<?> application, boolean imds, String... arguments) throws IOException {
		Path log = this.directory.resolve("classes-" + imds + ".log");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
						"-Xlog:class+load=info:file=" + log + ":none", "-Dserver.port=0", "-cp",
						classPath(imds, application == StartedWebApplication.class)));
		command.addAll(this.options);
		command.add(application.getName());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("AWS_EC2_METADATA_SERVICE_ENDPOINT", this.endpoint);
		builder.environment().putAll(this.environment);
		Process process = builder.start();
		CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		Matcher ready = Pattern.compile("found (\\d+) threads (\\d+)").matcher(output);
		assertThat(ready.find()).as(output).isTrue();
		return new Start(Integer.parseInt(ready.group(1)), Integer.parseInt(ready.group(2)), loadedClasses(log),
				output);
	}

	private static String classPath(boolean imds, boolean web) throws IOException {
		Predicate<Path> starter = (file) -> Stream.of(STARTER_JAR, WEB_JAR)
			.limit(web ? 2 : 1)
			.anyMatch((jar) -> jar.matcher(file.getFileName().toString()).matches());
		Stream<Path> ours = Stream.of(StartedApplication.class, ImdsAutoConfiguration.class, ImdsClient.class)
			.map((type) -> Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()))
			.limit(imds ? 3 : 1);
		return Stream
			.concat(ours,
					Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
						.map(Path::of)
						.filter(starter))
			.map(Path::toString)
			.collect(Collectors.joining(System.getProperty("path.separator")));
	}

	/**
	 * Classes of lambdas do not count: their names and their number are the business of
	 * the virtual machine.
	 */
	private static Set<String> loadedClasses(Path log) throws IOException {
		return Files.readAllLines(log)
			.stream()
			.map(LOADED::matcher)
			.filter(Matcher::find)
			.map((matcher) -> matcher.group(1))
			.filter((name) -> !name.contains("$$Lambda") && !name.startsWith(OURS + "autoconfigure.Started"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Observations of a start.
	 */
	private record Start(int found, int threads, Set<String> loaded, String output) {

		Set<String> classes(String... prefixes) {
			return this.loaded.stream()
				.filter((name) -> Stream.of(prefixes).anyMatch(name::startsWith))
				.collect(Collectors.toCollection(TreeSet::new));
		}

	}

}
