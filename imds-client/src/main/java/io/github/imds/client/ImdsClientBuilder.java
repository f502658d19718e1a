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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ImdsDetection.Result;
import io.github.imds.client.observation.DefaultImdsRequestObservationConvention;
import io.github.imds.client.observation.ImdsClientListener;
import io.github.imds.client.observation.ImdsRequestObservationConvention;
import io.github.imds.client.session.Backoff;
import io.github.imds.client.session.SessionSettings;
import io.github.imds.client.session.SessionSettings.Expectation;
import io.github.imds.token.ImdsToken;
import io.github.imds.token.ImdsTokenStore;
import io.github.imds.token.InMemoryImdsTokenStore;

/**
 * Builder for an {@link ImdsClient}. Settings that are not set come from the settings
 * that all AWS tools share, such as {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}, else from
 * the defaults. Messages of exceptions name the setting.
 *
 * @since 0.1.0
 * @see ImdsClient#builder()
 */
public final class ImdsClientBuilder {

	/**
	 * With 2 ms a request it reads everything more than four times as fast as one request
	 * at a time does. More of them gain little, and cost the instance more of the packets
	 * that its link-local services may take.
	 */
	static final int DEFAULT_CONCURRENCY = 8;

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

	private static final int REQUESTS_PER_CALL = 3;

	private static final String VERSION = "latest|1\\.0|\\d{4}-\\d{2}-\\d{2}";

	private static final Log logger = LogFactory.getLog(ImdsClient.class);

	private final AwsSettings awsSettings;

	private boolean enabled;

	private @Nullable String disabledReason;

	private @Nullable Path hardwareRoot;

	private @Nullable List<URI> endpoints;

	private @Nullable EndpointMode endpointMode;

	private @Nullable Duration connectTimeout;

	private @Nullable Duration readTimeout;

	private @Nullable Duration timeout;

	private Duration connectionAttemptDelay = Duration.ofMillis(100);

	private @Nullable Integer maxAttempts;

	private Backoff retry = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

	private Backoff circuitBreaker = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1));

	private int concurrency = DEFAULT_CONCURRENCY;

	private String version = "latest";

	private Duration tokenTtl = ImdsToken.MAX_TIME_TO_LIVE;

	private ImdsTokenStore tokenStore = new InMemoryImdsTokenStore();

	private @Nullable ObservationRegistry observationRegistry;

	private @Nullable ImdsRequestObservationConvention observationConvention;

	private ImdsClientListener listener = ImdsClientListener.NONE;

	private String userAgent = defaultUserAgent();

	ImdsClientBuilder(AwsSettings awsSettings) {
		this.awsSettings = awsSettings;
	}

	/**
	 * Build a client that sends nothing: every read is an
	 * {@link ImdsUnavailableException}. Without this the client is disabled if
	 * {@code AWS_EC2_METADATA_DISABLED} or {@code aws.disableEc2Metadata} is
	 * {@code true}.
	 * @param reason why, for the messages of the exceptions
	 * @return this builder
	 * @throws IllegalArgumentException if the reason is empty
	 */
	public ImdsClientBuilder disabled(String reason) {
		Assert.hasText(reason, "reason must not be empty");
		this.enabled = false;
		this.disabledReason = reason;
		return this;
	}

	/**
	 * Build a client that asks the service, even if {@code AWS_EC2_METADATA_DISABLED} or
	 * {@code aws.disableEc2Metadata} is {@code true}.
	 * @return this builder
	 */
	public ImdsClientBuilder enabled() {
		this.enabled = true;
		this.disabledReason = null;
		return this;
	}

	/**
	 * Set the addresses of the service, tried in order. Default: the link-local addresses
	 * of the {@link #endpointMode(EndpointMode) mode}.
	 * @param endpoints absolute {@code http} or {@code https} URIs without query or
	 * fragment
	 * @return this builder
	 * @throws IllegalArgumentException if there is no endpoint or one is not valid
	 */
	public ImdsClientBuilder endpoints(URI... endpoints) {
		Assert.notEmpty(endpoints, "endpoint must not be empty");
		this.endpoints = Arrays.stream(endpoints).map(ImdsClientBuilder::checkEndpoint).toList();
		return this;
	}

	/**
	 * Set which of the link-local addresses are used. An {@link #endpoints(URI...)
	 * endpoint} counts more. Default: {@link EndpointMode#AUTO}.
	 * @param endpointMode the mode
	 * @return this builder
	 * @throws IllegalArgumentException if the mode is {@code null}
	 */
	public ImdsClientBuilder endpointMode(EndpointMode endpointMode) {
		Assert.notNull(endpointMode, "endpoint-mode must not be null");
		this.endpointMode = endpointMode;
		return this;
	}

	/**
	 * Set the maximum time to make a connection. Default:
	 * {@code AWS_METADATA_SERVICE_TIMEOUT}, else 1 second.
	 * @param connectTimeout the timeout, at least 1 millisecond
	 * @return this builder
	 * @throws IllegalArgumentException if the timeout is not valid
	 */
	public ImdsClientBuilder connectTimeout(Duration connectTimeout) {
		this.connectTimeout = checkTimeout("connect-timeout", connectTimeout);
		return this;
	}

	/**
	 * Set the maximum time that the service can be silent while it responds. Default:
	 * {@code AWS_METADATA_SERVICE_TIMEOUT}, else 1 second.
	 * @param readTimeout the timeout, at least 1 millisecond
	 * @return this builder
	 * @throws IllegalArgumentException if the timeout is not valid
	 */
	public ImdsClientBuilder readTimeout(Duration readTimeout) {
		this.readTimeout = checkTimeout("read-timeout", readTimeout);
		return this;
	}

	/**
	 * Set the maximum time of a call. It covers the look-up of the host name, the
	 * endpoint, the token, every attempt and the delays between them, but not the time
	 * that a token store takes. Default: 5 seconds, or three times
	 * {@code AWS_METADATA_SERVICE_TIMEOUT} if that is longer.
	 * @param timeout the timeout, at least 1 millisecond
	 * @return this builder
	 * @throws IllegalArgumentException if the timeout is not valid
	 */
	public ImdsClientBuilder timeout(Duration timeout) {
		this.timeout = checkTimeout("timeout", timeout);
		return this;
	}

	/**
	 * Set how much earlier than the IPv6 address the IPv4 address is asked when
	 * {@linkplain EndpointMode#AUTO both} are used. Default: 100 milliseconds, the least
	 * that RFC 8305 advises, since the service is next to the instance.
	 * @param connectionAttemptDelay the delay, 0 to ask both at once
	 * @return this builder
	 * @throws IllegalArgumentException if the delay is negative or too long
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc8305#section-5">RFC 8305, section
	 * 5</a>
	 */
	public ImdsClientBuilder connectionAttemptDelay(Duration connectionAttemptDelay) {
		this.connectionAttemptDelay = checkDelay("connection-attempt-delay", connectionAttemptDelay);
		return this;
	}

	/**
	 * Set the maximum number of attempts of a call while the service is unreachable or
	 * fails. The last one begins at least a second after the first, if the time and the
	 * {@linkplain #retryDelay(Duration) delays} permit. While the service throttles (429,
	 * 503), more attempts are made until the time of the call is over. Default:
	 * {@code AWS_METADATA_SERVICE_NUM_ATTEMPTS}, else 3.
	 * @param maxAttempts the number of attempts, 1 for no repetition at all
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public ImdsClientBuilder maxAttempts(int maxAttempts) {
		Assert.isTrue(maxAttempts >= 1, () -> "max-attempts must be at least 1, but was " + maxAttempts);
		this.maxAttempts = maxAttempts;
		return this;
	}

	/**
	 * Set how long one call waits at most before its second attempt. The time doubles
	 * with each further attempt, and a random part of it is waited. Default: 100
	 * milliseconds.
	 * @param delay the delay, 0 to wait for nothing
	 * @return this builder
	 * @throws IllegalArgumentException if the delay is negative or too long
	 */
	public ImdsClientBuilder retryDelay(Duration delay) {
		this.retry = new Backoff(checkDelay("retry.delay", delay), this.retry.longest());
		return this;
	}

	/**
	 * Set how long one call waits at most before any attempt, whatever the
	 * {@linkplain #retryDelay(Duration) delay}. Default: 2 seconds.
	 * @param maxDelay the longest delay
	 * @return this builder
	 * @throws IllegalArgumentException if the delay is negative or too long
	 */
	public ImdsClientBuilder retryMaxDelay(Duration maxDelay) {
		this.retry = new Backoff(this.retry.first(), checkDelay("retry.max-delay", maxDelay));
		return this;
	}

	/**
	 * Set for how long reads fail at once, and nothing is sent, after the service could
	 * not be reached or refused a token. The time doubles with each further failure.
	 * Default: 5 seconds.
	 * @param min the time after the first failure, 0 to forget failures
	 * @return this builder
	 * @throws IllegalArgumentException if the time is negative or too long
	 */
	public ImdsClientBuilder circuitBreakerOpenDuration(Duration min) {
		this.circuitBreaker = new Backoff(checkDelay("circuit-breaker.open-duration", min),
				this.circuitBreaker.longest());
		return this;
	}

	/**
	 * Set for how long reads fail at once at most, however often the service could not be
	 * reached. Default: 1 minute.
	 * @param max the longest time
	 * @return this builder
	 * @throws IllegalArgumentException if the time is negative or too long
	 */
	public ImdsClientBuilder circuitBreakerMaxOpenDuration(Duration max) {
		this.circuitBreaker = new Backoff(this.circuitBreaker.first(),
				checkDelay("circuit-breaker.max-open-duration", max));
		return this;
	}

	/**
	 * Set the maximum number of requests at the same time while a tree is read. Default:
	 * 8.
	 * @param concurrency the number of requests, at least 1
	 * @return this builder
	 * @throws IllegalArgumentException if the number is less than 1
	 */
	public ImdsClientBuilder concurrency(int concurrency) {
		Assert.isTrue(concurrency >= 1, () -> "concurrency must be at least 1, but was " + concurrency);
		this.concurrency = concurrency;
		return this;
	}

	/**
	 * Set the version of the metadata. Default: {@code latest}.
	 * @param version {@code latest}, {@code 1.0} or a date such as {@code 2021-07-15}
	 * @return this builder
	 * @throws IllegalArgumentException if the version is not valid
	 */
	public ImdsClientBuilder version(String version) {
		Assert.notNull(version, "version must not be null");
		Assert.isTrue(version.matches(VERSION),
				() -> "version must be 'latest' or a date such as '2021-07-15', but was '" + version + "'");
		this.version = version;
		return this;
	}

	/**
	 * Set the time to live of a session token. Default: 6 hours.
	 * @param tokenTtl whole seconds, from 1 second to 6 hours
	 * @return this builder
	 * @throws IllegalArgumentException if the time is out of range
	 */
	public ImdsClientBuilder tokenTtl(Duration tokenTtl) {
		Assert.notNull(tokenTtl, "token.ttl must not be null");
		Assert.isTrue(tokenTtl.toSeconds() >= 1 && tokenTtl.compareTo(ImdsToken.MAX_TIME_TO_LIVE) <= 0,
				() -> "token.ttl must be from 1 second to 6 hours (21600 seconds), but was %d seconds"
					.formatted(tokenTtl.toSeconds()));
		this.tokenTtl = tokenTtl;
		return this;
	}

	/**
	 * Set the store that keeps the session tokens. Default: an
	 * {@link InMemoryImdsTokenStore} of its own.
	 * @param tokenStore the store
	 * @return this builder
	 * @throws IllegalArgumentException if the store is {@code null}
	 */
	public ImdsClientBuilder tokenStore(ImdsTokenStore tokenStore) {
		Assert.notNull(tokenStore, "token.store must not be null");
		this.tokenStore = tokenStore;
		return this;
	}

	/**
	 * Set the registry that observes requests, as {@code imds.client.requests}. An
	 * observation tells the category of the metadata, never its path, which may hold
	 * names that the user has chosen. Default: {@link ObservationRegistry#NOOP}.
	 * @param observationRegistry the registry
	 * @return this builder
	 * @throws IllegalArgumentException if the registry is {@code null}
	 */
	public ImdsClientBuilder observationRegistry(ObservationRegistry observationRegistry) {
		Assert.notNull(observationRegistry, "observationRegistry must not be null");
		this.observationRegistry = observationRegistry;
		return this;
	}

	/**
	 * Set the convention for the names and key values of observations. Default:
	 * {@link DefaultImdsRequestObservationConvention}.
	 * @param observationConvention the convention
	 * @return this builder
	 * @throws IllegalArgumentException if the convention is {@code null}
	 */
	public ImdsClientBuilder observationConvention(ImdsRequestObservationConvention observationConvention) {
		Assert.notNull(observationConvention, "observationConvention must not be null");
		this.observationConvention = observationConvention;
		return this;
	}

	/**
	 * Set the listener for retries and tokens. Default: none.
	 * @param listener the listener
	 * @return this builder
	 * @throws IllegalArgumentException if the listener is {@code null}
	 */
	public ImdsClientBuilder listener(ImdsClientListener listener) {
		Assert.notNull(listener, "listener must not be null");
		this.listener = listener;
		return this;
	}

	/**
	 * Add a product to the {@code User-Agent} header, after
	 * {@code imds-spring-boot/<version>}. Metadata proxies can tell programs apart by it.
	 * @param product the product, such as {@code orders/1.2}
	 * @return this builder
	 * @throws IllegalArgumentException if the product is empty or has other than visible
	 * ASCII characters and spaces
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5">RFC 9110,
	 * section 10.1.5</a>
	 */
	public ImdsClientBuilder userAgent(String product) {
		Assert.hasText(product, "user-agent must not be empty");
		Assert.isTrue(product.chars().allMatch((c) -> c >= ' ' && c < 0x7F),
				"user-agent must consist of visible ASCII characters and spaces");
		this.userAgent = defaultUserAgent() + " " + product.strip();
		return this;
	}

	/**
	 * Disable the client on machines whose firmware or hypervisor says that they are not
	 * EC2 instances, unless an endpoint is set. Without this the service is asked
	 * wherever the program runs.
	 * @param root the root of the file system to look at, normally {@code /}; a directory
	 * of the default file system
	 * @return this builder
	 * @throws IllegalArgumentException if the root is {@code null}
	 */
	public ImdsClientBuilder detectHardware(Path root) {
		Assert.notNull(root, "root must not be null");
		this.hardwareRoot = root;
		return this;
	}

	/**
	 * Tell whether a client built now would ask the service, without asking it. Disabled
	 * counts more than an endpoint, and that more than the
	 * {@linkplain #detectHardware(Path) hardware}.
	 * @return the result and its reason
	 */
	public ImdsDetection detect() {
		if (this.disabledReason != null) {
			return new ImdsDetection(Result.ABSENT, this.disabledReason);
		}
		Optional<AwsSettings.Setting<Boolean>> disabled = this.awsSettings.disabled()
			.filter(AwsSettings.Setting::value);
		if (!this.enabled && disabled.isPresent()) {
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

	/**
	 * Build the client. Nothing is sent until it is used.
	 * @return a new client
	 * @throws IllegalArgumentException if a setting that all AWS tools share is invalid
	 */
	public ImdsClient build() {
		ImdsDetection detection = detect();
		logger
			.debug("Instance metadata is " + (detection.isEnabled() ? "enabled: " : "disabled: ") + detection.reason());
		if (!detection.isEnabled()) {
			return new DisabledImdsClient(detection);
		}
		Optional<EndpointMode> mode = explicitEndpoints().isPresent() ? Optional.empty() : Optional.of(mode());
		return new DefaultImdsClient(detection, mode, settings(detection), this.concurrency);
	}

	SessionSettings settings(ImdsDetection detection) {
		Optional<List<URI>> explicit = explicitEndpoints();
		Duration awsTimeout = awsTimeout();
		return new SessionSettings(explicit.orElseGet(() -> mode().endpoints()),
				explicit.isPresent() ? Optional.empty() : Optional.of(this.connectionAttemptDelay),
				expectation(detection, explicit.isPresent()),
				(this.connectTimeout != null) ? this.connectTimeout : awsTimeout,
				(this.readTimeout != null) ? this.readTimeout : awsTimeout, resolveTimeout(awsTimeout),
				resolveMaxAttempts(), this.retry, this.circuitBreaker, this.version, this.tokenTtl, this.tokenStore,
				this.userAgent, observationRegistry(), this.observationConvention, this.listener);
	}

	private static Expectation expectation(ImdsDetection detection, boolean explicit) {
		if (detection.result() != Result.PRESENT) {
			return Expectation.NONE;
		}
		return explicit ? Expectation.SETTING : Expectation.HARDWARE;
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
		return this.awsSettings.endpoint().map((setting) -> List.of(checkEndpoint(parseUri(setting))));
	}

	private EndpointMode mode() {
		if (this.endpointMode != null) {
			return this.endpointMode;
		}
		return this.awsSettings.endpointMode().map(AwsSettings.Setting::value).orElse(EndpointMode.AUTO);
	}

	private Duration awsTimeout() {
		return this.awsSettings.timeout()
			.map((setting) -> checkTimeout(setting.origin(), setting.value()))
			.orElse(Duration.ofSeconds(1));
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
		return this.awsSettings.attempts().map((setting) -> {
			Assert.isTrue(setting.value() >= 1, () -> setting.origin() + " must be at least 1");
			return setting.value();
		}).orElse(3);
	}

	private static URI parseUri(AwsSettings.Setting<String> setting) {
		try {
			return URI.create(setting.value());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(setting.origin() + " is not a URI", ex);
		}
	}

	private static URI checkEndpoint(URI endpoint) {
		boolean http = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
		Assert.isTrue(
				http && endpoint.getHost() != null && endpoint.getUserInfo() == null && endpoint.getQuery() == null
						&& endpoint.getFragment() == null,
				() -> "endpoint must be a URI such as 'http://169.254.169.254', but was '"
						+ endpoint.toString().replaceFirst("//.*@", "//******@") + "'");
		String text = endpoint.toString();
		return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : endpoint;
	}

	private static Duration checkTimeout(String name, Duration timeout) {
		Assert.notNull(timeout, () -> name + " must not be null");
		Assert.isTrue(timeout.toMillis() >= 1 && timeout.toMillis() <= Integer.MAX_VALUE,
				() -> name + " must be at least 1 millisecond, but was " + timeout);
		return timeout;
	}

	private static Duration checkDelay(String name, Duration delay) {
		Assert.notNull(delay, () -> name + " must not be null");
		Assert.isTrue(!delay.isNegative() && delay.toMillis() <= Integer.MAX_VALUE,
				() -> "%s must be from 0 to %d milliseconds, but was %s".formatted(name, Integer.MAX_VALUE, delay));
		return delay;
	}

	/**
	 * Return the registry, when a client is built: most builders only detect.
	 */
	private ObservationRegistry observationRegistry() {
		return (this.observationRegistry != null) ? this.observationRegistry : ObservationRegistry.NOOP;
	}

}
