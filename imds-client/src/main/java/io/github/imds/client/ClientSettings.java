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

package io.github.imds.client;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.client.ImdsDetection.Result;
import io.github.imds.client.observation.ImdsClientListener;
import io.github.imds.client.observation.ImdsRequestObservationConvention;
import io.github.imds.client.session.Backoff;
import io.github.imds.client.session.SessionSettings;
import io.github.imds.client.session.SessionSettings.Expectation;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

/**
 * Settings of a builder. Settings that all AWS tools share, and defaults, complete them.
 */
final class ClientSettings {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

	private static final int REQUESTS_PER_CALL = 3;

	/**
	 * The longest timeout that a socket can have.
	 */
	private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

	private static final String VERSION = "latest|1\\.0|\\d{4}-\\d{2}-\\d{2}";

	private static final Log logger = LogFactory.getLog(ImdsClient.class);

	private final AwsSettings awsSettings;

	boolean enabled;

	@Nullable String disabledReason;

	@Nullable Path hardwareRoot;

	@Nullable List<URI> endpoints;

	@Nullable EndpointMode endpointMode;

	@Nullable Duration connectTimeout;

	@Nullable Duration readTimeout;

	@Nullable Duration timeout;

	Duration connectionAttemptDelay = Duration.ofMillis(100);

	@Nullable Integer maxAttempts;

	Duration retryDelay = Duration.ofMillis(100);

	Duration retryMaxDelay = Duration.ofSeconds(2);

	Duration circuitBreakerOpenDuration = Duration.ofSeconds(5);

	Duration circuitBreakerMaxOpenDuration = Duration.ofMinutes(1);

	/**
	 * With 2 ms a request it reads everything more than four times as fast as one request
	 * at a time does. More of them gain little, and cost the instance more of the packets
	 * that its link-local services may take.
	 */
	int concurrency = 8;

	String version = "latest";

	Duration tokenTtl = ImdsToken.MAX_TIME_TO_LIVE;

	ImdsTokenStore tokenStore = new InMemoryImdsTokenStore();

	@Nullable ObservationRegistry observationRegistry;

	@Nullable ImdsRequestObservationConvention observationConvention;

	ImdsClientListener listener = ImdsClientListener.NONE;

	String userAgent = defaultUserAgent();

	ClientSettings(AwsSettings awsSettings) {
		this.awsSettings = awsSettings;
	}

	ImdsDetection detect() {
		if (this.disabledReason != null) {
			return new ImdsDetection(Result.ABSENT, this.disabledReason);
		}
		// Without lambda expressions, whose first use costs a start that reads nothing
		// more than all else here
		Optional<AwsSettings.Setting<String>> disabled = this.awsSettings.disabled();
		if (!this.enabled && disabled.isPresent() && Boolean.parseBoolean(disabled.get().text())) {
			return new ImdsDetection(Result.ABSENT, disabled.get().origin());
		}
		if (this.endpoints != null) {
			return new ImdsDetection(Result.PRESENT, "an endpoint is set");
		}
		Optional<AwsSettings.Setting<String>> endpoint = this.awsSettings.endpoint();
		if (endpoint.isPresent()) {
			return new ImdsDetection(Result.PRESENT, endpoint.get().origin());
		}
		return (this.hardwareRoot != null) ? new Ec2Hardware(this.hardwareRoot).detect()
				: new ImdsDetection(Result.UNKNOWN, "the hardware was not looked at");
	}

	ImdsClient createClient() {
		ImdsDetection detection = detect();
		logger
			.debug("Instance metadata is " + (detection.isEnabled() ? "enabled: " : "disabled: ") + detection.reason());
		if (!detection.isEnabled()) {
			return new DisabledImdsClient(detection);
		}
		warnAboutSwitchWithoutEffect();
		Optional<EndpointMode> mode = explicitEndpoints().isPresent() ? Optional.empty() : Optional.of(mode());
		return new DefaultImdsClient(detection, mode, resolve(detection), this.concurrency);
	}

	/**
	 * Warn about {@code AWS_EC2_METADATA_DISABLED=1}: AWS's tools only know {@code true}.
	 */
	private void warnAboutSwitchWithoutEffect() {
		Optional<AwsSettings.Setting<String>> disabled = this.awsSettings.disabled();
		if (!this.enabled && disabled.isPresent() && !disabled.get().text().equalsIgnoreCase("true")
				&& !disabled.get().text().equalsIgnoreCase("false")) {
			logger
				.warn("'%s' has no effect. Only 'true' disables instance metadata".formatted(disabled.get().origin()));
		}
	}

	SessionSettings resolve(ImdsDetection detection) {
		Optional<List<URI>> explicit = explicitEndpoints();
		Duration awsTimeout = awsTimeout();
		return new SessionSettings(explicit.isPresent() ? explicit.get() : mode().endpoints(),
				explicit.isPresent() ? Optional.empty() : Optional.of(this.connectionAttemptDelay),
				expectation(detection, explicit.isPresent()),
				(this.connectTimeout != null) ? this.connectTimeout : awsTimeout,
				(this.readTimeout != null) ? this.readTimeout : awsTimeout, resolveTimeout(awsTimeout),
				resolveMaxAttempts(), new Backoff(this.retryDelay, this.retryMaxDelay),
				new Backoff(this.circuitBreakerOpenDuration, this.circuitBreakerMaxOpenDuration), this.version,
				this.tokenTtl, this.tokenStore, this.userAgent, observationRegistry(), this.observationConvention,
				this.listener);
	}

	private static Expectation expectation(ImdsDetection detection, boolean explicit) {
		if (detection.result() != Result.PRESENT) {
			return Expectation.NONE;
		}
		return explicit ? Expectation.SETTING : Expectation.HARDWARE;
	}

	static String userAgent(String product) {
		Assert.hasText(product, "user-agent must not be empty");
		Assert.isTrue(product.chars().allMatch((c) -> c >= ' ' && c < 0x7F),
				"user-agent must consist of visible ASCII characters and spaces");
		return defaultUserAgent() + " " + product.strip();
	}

	private static String defaultUserAgent() {
		String version = ImdsClient.class.getPackage().getImplementationVersion();
		return (version != null) ? "imds-spring-boot/" + version : "imds-spring-boot";
	}

	/**
	 * Return the endpoints that are set.
	 * @return the endpoints, or empty if those of the mode are to be used
	 */
	private Optional<List<URI>> explicitEndpoints() {
		if (this.endpoints != null) {
			return Optional.of(this.endpoints);
		}
		if (this.endpointMode != null) {
			return Optional.empty();
		}
		Optional<AwsSettings.Setting<String>> setting = this.awsSettings.endpoint();
		return setting.isPresent() ? Optional.of(List.of(checkEndpoint(parseUri(setting.get())))) : Optional.empty();
	}

	private EndpointMode mode() {
		if (this.endpointMode != null) {
			return this.endpointMode;
		}
		Optional<AwsSettings.Setting<EndpointMode>> setting = this.awsSettings.endpointMode();
		return setting.isPresent() ? setting.get().value() : EndpointMode.AUTO;
	}

	private Duration awsTimeout() {
		Optional<AwsSettings.Setting<Duration>> setting = this.awsSettings.timeout();
		return setting.isPresent() ? checkTimeout(setting.get().origin(), setting.get().value())
				: Duration.ofSeconds(1);
	}

	/**
	 * Return the time limit of a call. AWS's setting is about a single request, so it
	 * raises the limit to what a token, a value and a further attempt can take.
	 */
	private Duration resolveTimeout(Duration awsTimeout) {
		if (this.timeout != null) {
			return this.timeout;
		}
		Duration requests = awsTimeout.multipliedBy(REQUESTS_PER_CALL);
		return (requests.compareTo(DEFAULT_TIMEOUT) > 0) ? requests : DEFAULT_TIMEOUT;
	}

	private int resolveMaxAttempts() {
		if (this.maxAttempts != null) {
			return this.maxAttempts;
		}
		Optional<AwsSettings.Setting<Integer>> setting = this.awsSettings.attempts();
		return setting.isPresent() ? checkCount(setting.get().name(), setting.get().value()) : 3;
	}

	private static URI parseUri(AwsSettings.Setting<String> setting) {
		try {
			return URI.create(setting.value());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(setting.origin() + " is not a URI", ex);
		}
	}

	static URI checkEndpoint(URI endpoint) {
		boolean http = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
		Assert.isTrue(
				http && endpoint.getHost() != null && endpoint.getUserInfo() == null && endpoint.getQuery() == null
						&& endpoint.getFragment() == null,
				() -> "endpoint must be a URI such as 'http://169.254.169.254', but was '"
						+ endpoint.toString().replaceFirst("//.*@", "//******@") + "'");
		String text = endpoint.toString();
		return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : endpoint;
	}

	static Duration checkTimeout(String name, Duration timeout) {
		Assert.notNull(timeout, () -> name + " must not be null");
		Assert.isTrue(timeout.compareTo(Duration.ofMillis(1)) >= 0 && timeout.compareTo(LONGEST) <= 0,
				() -> "%s must be from 1 to %d milliseconds, but was %s".formatted(name, LONGEST.toMillis(), timeout));
		return timeout;
	}

	static Duration checkDelay(String name, Duration delay) {
		Assert.notNull(delay, () -> name + " must not be null");
		Assert.isTrue(!delay.isNegative() && delay.compareTo(LONGEST) <= 0,
				() -> "%s must be from 0 to %d milliseconds, but was %s".formatted(name, LONGEST.toMillis(), delay));
		return delay;
	}

	static int checkCount(String name, int count) {
		Assert.isTrue(count >= 1, () -> name + " must be at least 1, but was " + count);
		return count;
	}

	static String checkVersion(String version) {
		Assert.notNull(version, "version must not be null");
		Assert.isTrue(version.matches(VERSION),
				() -> "version must be 'latest' or a date such as '2021-07-15', but was '" + version + "'");
		return version;
	}

	static Duration checkTokenTtl(Duration tokenTtl) {
		Assert.notNull(tokenTtl, "token.ttl must not be null");
		Assert.isTrue(tokenTtl.toSeconds() >= 1 && tokenTtl.compareTo(ImdsToken.MAX_TIME_TO_LIVE) <= 0,
				() -> "token.ttl must be from 1 second to 6 hours (21600 seconds), but was %d seconds"
					.formatted(tokenTtl.toSeconds()));
		return tokenTtl;
	}

	/**
	 * Return the registry, when a client is built: most builders only detect.
	 */
	private ObservationRegistry observationRegistry() {
		return (this.observationRegistry != null) ? this.observationRegistry : ObservationRegistry.NOOP;
	}

}
