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

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.http.Fault;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.category.MetadataCategory;
import io.github.imds.client.observation.ImdsRequestObservationContext;
import io.github.imds.client.observation.ImdsRequestObservationConvention;
import io.github.imds.client.observation.ImdsTreeObservationContext;
import io.github.imds.test.ImdsSimulator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what can be observed of an {@link ImdsClient}.
 */
class ImdsClientObservationTests {

	private static final String MAC = "/latest/meta-data/mac";

	private final ImdsSimulator simulator = ImdsSimulator.start();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final Queue<Observation.Context> stopped = new ConcurrentLinkedQueue<>();

	private final CountingListener listener = new CountingListener();

	private final ImdsClient client = ImdsClient.builder()
		.endpoints(this.simulator.endpoint())
		.maxAttempts(3)
		.observationRegistry(this.registry)
		.listener(this.listener)
		.build();

	@BeforeEach
	void keepWhatIsObserved() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				ImdsClientObservationTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
	}

	@AfterEach
	void close() {
		this.client.close();
		this.simulator.close();
	}

	@Test
	void eachRequestIsAnObservation() {
		this.client.get("meta-data/placement/region");
		this.client.get("meta-data/instance-id");
		assertThat(this.stopped).extracting(Observation.Context::getContextualName)
			.containsExactly("imds put api/token", "imds get meta-data/placement/region",
					"imds get meta-data/instance-id");
		assertThat(this.stopped).extracting(Observation.Context::getName).containsOnly("imds.client.requests");
		assertThat(this.stopped.element().getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
			.containsExactlyInAnyOrder("exception", "method", "outcome", "status");
		assertThat(keys(this.stopped.element())).isEqualTo(Map.of("category", "api/token", "exception", "none",
				"method", "PUT", "outcome", "SUCCESS", "status", "200"));
	}

	@ParameterizedTest
	@CsvSource({ "meta-data/tags/instance/Name, meta-data/tags/instance/{key}",
			"meta-data/tags/instance, meta-data/tags/instance/",
			"meta-data/iam/security-credentials/orders-service, meta-data/iam/security-credentials/{role}",
			"meta-data/network/interfaces/macs/0a:1b:2c:3d:4e:5f, meta-data/network/interfaces/macs/{mac}/",
			"meta-data/public-keys/0, meta-data/public-keys/{index}/", "/, /", "meta-data/new-in-2030, unknown",
			"meta-data/tags/instance/a/b, unknown", "api/token, unknown" })
	void categoryIsAPatternOfTheCatalogue(String path, String category) {
		this.client.list(path);
		assertThat(this.stopped).last().satisfies((context) -> {
			assertThat(keys(context)).containsEntry("category", category);
			assertThat(context.getContextualName()).isEqualTo("imds get " + category);
		});
	}

	@Test
	void nothingObservedIsFromTheInstance() {
		for (String path : this.client.match(Pattern.compile(""), ReadOption.INCLUDE_SENSITIVE).keySet()) {
			this.client.get(path);
		}
		this.client.get("meta-data/never/show/me");
		this.simulator.wireMock()
			.stubFor(get("/latest/meta-data/tags/instance/Name")
				.willReturn(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
		assertThatExceptionOfType(ImdsUnavailableException.class)
			.isThrownBy(() -> this.client.get("meta-data/tags/instance/Name"));
		Set<String> requested = this.stopped.stream()
			.map((context) -> keys(context).get("category"))
			.collect(Collectors.toSet());
		assertThat(requested).contains("api/token", "meta-data/tags/instance/{key}", "user-data").isSubsetOf(known());
		assertThat(this.stopped).hasSizeGreaterThan(50).allSatisfy((context) -> {
			assertThat(context.getContextualName()).startsWith("imds ").endsWith(keys(context).get("category"));
			assertNothingOfTheInstance(context.getContextualName() + context.getAllKeyValues());
			assertNothingOfTheInstance(described(context.getError()));
		});
		assertThat(this.stopped).anySatisfy((context) -> assertThat(context.getError()).isNotNull());
	}

	@Test
	void absentValueIsAClientErrorButNoFailure() {
		assertThat(this.client.get("meta-data/spot/instance-action")).isEmpty();
		assertThat(this.stopped).last().satisfies((context) -> {
			assertThat(keys(context)).containsEntry("outcome", "CLIENT_ERROR")
				.containsEntry("status", "404")
				.containsEntry("exception", "none");
			assertThat(context.getError()).isNull();
		});
		assertThat(this.listener.retries()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502 })
	void failingServiceIsSeenOnceAnAttempt(int status) {
		this.simulator.wireMock().stubFor(get(MAC).willReturn(aResponse().withStatus(status)));
		assertThatExceptionOfType(ImdsResponseException.class).isThrownBy(() -> this.client.get("meta-data/mac"));
		assertThat(this.stopped).filteredOn((context) -> keys(context).get("category").equals("meta-data/mac"))
			.hasSize(3)
			.allSatisfy((context) -> assertThat(keys(context)).containsEntry("status", String.valueOf(status))
				.containsEntry("outcome", "SERVER_ERROR"));
		assertThat(this.listener.retries()).isEqualTo(2);
		assertThat(this.listener.firstTokens()).isEqualTo(1);
		assertThat(this.listener.renewedTokens()).isZero();
	}

	@Test
	void refusedConnectionIsAnIoError() {
		this.simulator.close();
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> this.client.get("meta-data/mac"));
		assertThat(this.stopped).hasSize(3).allSatisfy((context) -> {
			assertThat(keys(context)).isEqualTo(Map.of("category", "api/token", "exception", "ConnectException",
					"method", "PUT", "outcome", "UNKNOWN", "status", "IO_ERROR"));
			assertThat(context.getError()).hasMessage("ConnectException").hasNoCause();
		});
	}

	@Test
	void timeoutIsAnIoError() {
		this.client.get("meta-data/instance-id");
		this.simulator.wireMock().stubFor(get(MAC).willReturn(aResponse().withFixedDelay(60_000)));
		try (ImdsClient impatient = ImdsClient.builder()
			.endpoints(this.simulator.endpoint())
			.readTimeout(Duration.ofSeconds(1))
			.maxAttempts(1)
			.observationRegistry(this.registry)
			.build()) {
			assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> impatient.get("meta-data/mac"));
		}
		assertThat(this.stopped).last()
			.satisfies((context) -> assertThat(keys(context)).containsEntry("category", "meta-data/mac")
				.containsEntry("exception", "SocketTimeoutException")
				.containsEntry("status", "IO_ERROR"));
	}

	@Test
	void rejectedTokenIsRenewedAndNotARetry() {
		this.client.get("meta-data/mac");
		this.simulator.revokeTokens();
		this.client.get("meta-data/mac");
		assertThat(this.stopped).extracting((context) -> keys(context).get("status"))
			.containsExactly("200", "200", "401", "200", "200");
		assertThat(this.listener.renewedTokens()).isEqualTo(1);
		assertThat(this.listener.retries()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "PUT,false", "GET,false", "PUT,true", "GET,true" })
	void handlerOrConventionThatThrowsFailsTheReadAndLeavesNoConnectionOpen(String method, boolean convention)
			throws Exception {
		AtomicBoolean failing = new AtomicBoolean(true);
		Predicate<ImdsRequestObservationContext> fails = (context) -> context.status() != null
				&& context.method().name().equals(method) && failing.getAndSet(false);
		CountDownLatch closed = new CountDownLatch(1);
		ObservationRegistry registry = ObservationRegistry.create();
		Predicate<ImdsRequestObservationContext> never = (context) -> false;
		registry.observationConfig().observationHandler(new FailingHandler(convention ? never : fails));
		try (RawService service = RawService.start((request, connection) -> {
			RawService.send(connection, RawService.ok("value"));
			if (request.startsWith(method) && connection.getInputStream().read() == -1) {
				closed.countDown();
			}
		});
				ImdsClient client = service.client()
					.observationRegistry(registry)
					.observationConvention(new FailingConvention(convention ? fails : never))
					.build()) {
			assertThatIllegalStateException().isThrownBy(() -> client.get("meta-data/mac"))
				.withMessage("Thrown by the application");
			assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
			assertThat(client.get("meta-data/mac")).contains("value");
		}
	}

	@Test
	void treeIsOneObservation() {
		Observation caller = Observation.createNotStarted("caller", this.registry);
		caller.observe(() -> this.client.everything());
		assertThat(this.stopped).extracting(Observation.Context::getContextualName)
			.containsExactlyInAnyOrder("imds put api/token", "imds tree /", null);
		assertThat(this.stopped).filteredOn((context) -> context instanceof ImdsTreeObservationContext)
			.singleElement()
			.satisfies((context) -> assertThat(context.getParentObservation()).isNotNull()
				.extracting(ObservationView::getContextView)
				.isSameAs(caller.getContext()));
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void failedTreeIsAnErrorWithoutAPath() {
		this.simulator.enabled(false);
		assertThatExceptionOfType(ImdsException.class).isThrownBy(() -> this.client.tree("meta-data/tags"));
		assertThat(this.stopped).last().satisfies((context) -> {
			assertThat(context.getContextualName()).isEqualTo("imds tree meta-data/tags/");
			assertThat(context.getError()).hasMessage("ImdsAccessDeniedException").hasNoCause();
		});
	}

	@Test
	void requestsAreSpansOfAClientThatSendsNoTraceHeaders() {
		SimpleTracer tracer = new SimpleTracer();
		this.registry.observationConfig()
			.observationHandler(new PropagatingSenderTracingObservationHandler<>(tracer, new HeaderPropagator(tracer)));
		this.client.get("meta-data/tags/instance/Name");
		this.client.get("meta-data/iam/security-credentials/orders-service");
		assertThat(tracer.getSpans()).extracting(SimpleSpan::getName)
			.containsExactly("imds put api/token", "imds get meta-data/tags/instance/{key}",
					"imds get meta-data/iam/security-credentials/{role}");
		assertThat(tracer.getSpans()).allSatisfy((span) -> {
			assertThat(span.getKind()).isEqualTo(Span.Kind.CLIENT);
			assertThat(span.getRemoteServiceName()).isEqualTo("imds");
			assertNothingOfTheInstance(described(span));
		});
		assertThat(this.simulator.wireMock().getAllServeEvents()).hasSize(3)
			.allSatisfy((event) -> assertThat(event.getRequest().getHeaders().keys())
				.doesNotContain(HeaderPropagator.HEADER));
	}

	private static Map<String, String> keys(Observation.Context context) {
		return context.getAllKeyValues().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	private static Set<String> known() {
		Set<String> known = new HashSet<>(Set.of("/", "api/token", "unknown"));
		for (MetadataCategory category : MetadataCategory.values()) {
			String pattern = category.pattern();
			known.add(pattern);
			for (int end = pattern.indexOf('/'); end >= 0; end = pattern.indexOf('/', end + 1)) {
				known.add(pattern.substring(0, end + 1));
			}
		}
		return known;
	}

	private void assertNothingOfTheInstance(String text) {
		assertThat(text).doesNotContain("0a:1b", "Name", "team:", "orders", "ops-key", "i-0", "10.0.", "never",
				String.valueOf(this.simulator.endpoint().getPort()));
		assertThat(this.simulator.wireMock().getAllServeEvents())
			.extracting((event) -> event.getRequest().getHeader("X-aws-ec2-metadata-token"))
			.allSatisfy((token) -> assertThat(token == null || !text.contains(token)).isTrue());
	}

	private static String described(@Nullable Throwable error) {
		return (error != null) ? error + " " + described(error.getCause()) : "";
	}

	private static String described(FinishedSpan span) {
		return span.getName() + span.getTags() + span.getEvents() + span.getRemoteIp();
	}

	private record FailingHandler(Predicate<ImdsRequestObservationContext> fails)
			implements
				ObservationHandler<ImdsRequestObservationContext> {

		@Override
		public void onStop(ImdsRequestObservationContext context) {
			if (this.fails.test(context)) {
				throw new IllegalStateException("Thrown by the application");
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof ImdsRequestObservationContext;
		}

	}

	private record FailingConvention(
			Predicate<ImdsRequestObservationContext> fails) implements ImdsRequestObservationConvention {

		@Override
		public KeyValues getLowCardinalityKeyValues(ImdsRequestObservationContext context) {
			if (this.fails.test(context)) {
				throw new IllegalStateException("Thrown by the application");
			}
			return KeyValues.empty();
		}

	}

	/**
	 * Propagates by a header, as all do.
	 */
	private record HeaderPropagator(SimpleTracer tracer) implements Propagator {

		static final String HEADER = "traceparent";

		@Override
		public List<String> fields() {
			return List.of(HEADER);
		}

		@Override
		@SuppressWarnings("NullAway")
		public <C> void inject(TraceContext context, C carrier, Setter<C> setter) {
			setter.set(carrier, HEADER, context.traceId());
		}

		@Override
		public <C> Span.Builder extract(C carrier, Getter<C> getter) {
			return this.tracer.spanBuilder();
		}

	}

}
