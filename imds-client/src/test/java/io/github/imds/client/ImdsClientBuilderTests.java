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

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.imds.CapturedLog;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.client.ImdsDetection.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ImdsClientBuilder}.
 */
class ImdsClientBuilderTests {

	private final Map<String, String> environment = new HashMap<>();

	private final Properties properties = new Properties();

	private final ImdsClientBuilder builder = new ImdsClientBuilder(new AwsSettings(this.environment, this.properties));

	@Test
	void usesBothLinkLocalAddressesByDefault() {
		assertThat(this.builder.build()).hasToString("ImdsClient[http://169.254.169.254, http://[fd00:ec2::254]]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[fe80::1%25eth0]", "http://[fe80::1%eth0]:8080", "http://[fd00:ec2::254]" })
	void endpointMayBeAnIpv6AddressWithItsZone(String endpoint) {
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint);
		assertThat(this.builder.build()).hasToString("ImdsClient[%s]".formatted(endpoint));
		assertThat(this.builder.endpoints(URI.create(endpoint)).build())
			.hasToString("ImdsClient[%s]".formatted(endpoint));
	}

	@ParameterizedTest
	@CsvSource({ "IPV4,http://169.254.169.254", "IPV6,http://[fd00:ec2::254]" })
	void modeChoosesTheAddress(EndpointMode mode, String address) {
		assertThat(this.builder.endpointMode(mode).build()).hasToString("ImdsClient[" + address + "]");
	}

	@Test
	void readsTheEndpointOfAwsTools() {
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1338/");
		assertThat(this.builder.build()).hasToString("ImdsClient[http://127.0.0.1:1338]");
	}

	@Test
	void systemPropertyCountsMoreThanEnvironmentVariable() {
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://variable.example");
		this.properties.put("aws.ec2MetadataServiceEndpoint", "http://property.example");
		assertThat(this.builder.build()).hasToString("ImdsClient[http://property.example]");
	}

	@Test
	void endpointOfAwsToolsCountsMoreThanTheirMode() {
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://variable.example");
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6");
		assertThat(this.builder.build()).hasToString("ImdsClient[http://variable.example]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "IPv6", "ipv6", "IPV6" })
	void readsTheModeOfAwsToolsWithoutRegardToCase(String mode) {
		this.environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", mode);
		assertThat(this.builder.build()).hasToString("ImdsClient[http://[fd00:ec2::254]]");
	}

	@Test
	void ownSettingsCountMoreThanThoseOfAwsTools() {
		this.properties.put("aws.ec2MetadataServiceEndpoint", "http://property.example");
		this.environment.put("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0");
		assertThat(this.builder.endpoints(URI.create("http://own.example")).maxAttempts(1).build())
			.hasToString("ImdsClient[http://own.example]");
	}

	@ParameterizedTest
	@CsvSource({ "AWS_EC2_METADATA_SERVICE_ENDPOINT,169.254.169.254", "AWS_EC2_METADATA_SERVICE_ENDPOINT,http://[",
			"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE,IPv5", "AWS_METADATA_SERVICE_TIMEOUT,soon",
			"AWS_METADATA_SERVICE_TIMEOUT,0", "AWS_METADATA_SERVICE_TIMEOUT,1e99",
			"AWS_METADATA_SERVICE_NUM_ATTEMPTS,x", "AWS_METADATA_SERVICE_NUM_ATTEMPTS,0" })
	void namesTheInvalidSettingOfAwsTools(String variable, String value) {
		this.environment.put(variable, value);
		assertThatIllegalArgumentException().isThrownBy(this.builder::build)
			.withMessageContaining(value)
			.withMessageContaining(variable.endsWith("ENDPOINT") ? "" : variable);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.5", " 3 ", "0.25" })
	void timeoutOfAwsToolsIsInSecondsWithDecimals(String timeout) {
		this.environment.put("AWS_METADATA_SERVICE_TIMEOUT", timeout);
		assertThat(this.builder.build()).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "0.25, 250, 5000", "1, 1000, 5000", "10, 10000, 30000" })
	void timeoutOfAwsToolsRaisesTheLimitOfACall(String timeout, int readMillis, int millis) {
		this.environment.put("AWS_METADATA_SERVICE_TIMEOUT", timeout);
		ImdsDetection detection = new ImdsDetection(Result.UNKNOWN, "test");
		assertThat(this.builder.settings(detection).readTimeout()).isEqualTo(Duration.ofMillis(readMillis));
		assertThat(this.builder.settings(detection).timeout()).isEqualTo(Duration.ofMillis(millis));
		this.builder.timeout(Duration.ofSeconds(2));
		assertThat(this.builder.settings(detection).timeout()).isEqualTo(Duration.ofSeconds(2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "yes", "on", "tru", "disabled=false" })
	@ExtendWith(CapturedLog.Extension.class)
	void aSwitchOfAwsToolsThatHasNoEffectIsOneWarning(String value, CapturedLog log) {
		this.environment.put("AWS_EC2_METADATA_DISABLED", value);
		assertThat(this.builder.build().status().detection().isEnabled()).isTrue();
		assertThat(log.warnings()).hasSize(1)
			.allSatisfy((warning) -> assertThat(warning).contains("AWS_EC2_METADATA_DISABLED=" + value, "'true'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "False", " FALSE ", "" })
	@ExtendWith(CapturedLog.Extension.class)
	void switchOfAwsToolsThatIsOffCausesNoWarning(String value, CapturedLog log) {
		this.environment.put("AWS_EC2_METADATA_DISABLED", value);
		assertThat(this.builder.build().status().detection().isEnabled()).isTrue();
		assertThat(log.warnings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "AWS_EC2_METADATA_DISABLED,true", "AWS_EC2_METADATA_DISABLED,TRUE" })
	void awsToolsMaySwitchItOff(String variable, String value) {
		this.environment.put(variable, value);
		assertThat(this.builder.endpoints(URI.create("http://own.example")).detect().result()).isEqualTo(Result.ABSENT);
		ImdsClient client = this.builder.build();
		assertThat(client.isAvailable()).isFalse();
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.get("meta-data/mac"))
			.withMessageContaining("'meta-data/mac'")
			.withMessageContaining(variable + "=" + value);
	}

	@Test
	void ownSettingCountsMoreThanThatAwsToolsAreSwitchedOff() {
		this.environment.put("AWS_EC2_METADATA_DISABLED", "true");
		assertThat(this.builder.enabled().detect().result()).isEqualTo(Result.UNKNOWN);
		assertThat(this.builder.disabled("reason").detect().result()).isEqualTo(Result.ABSENT);
	}

	@Test
	void disabledClientSaysWhy() {
		ImdsClient client = this.builder.disabled("imds.client.enabled=false").build();
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.list("meta-data"))
			.withMessage("Cannot read 'meta-data': instance metadata is disabled: imds.client.enabled=false");
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.getBytes("user-data"));
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.stream("user-data"));
		assertThatExceptionOfType(ImdsUnavailableException.class)
			.isThrownBy(() -> client.get("dynamic/instance-identity/document", Map.class));
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.read("meta-data/mac"));
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(() -> client.tree(""));
		assertThatExceptionOfType(ImdsUnavailableException.class).isThrownBy(client::everything)
			.withMessage("Cannot read '/': instance metadata is disabled: imds.client.enabled=false");
		assertThatExceptionOfType(ImdsUnavailableException.class)
			.isThrownBy(() -> client.match(Pattern.compile("mac")));
		client.close();
	}

	@Test
	void refusesToReadNothingAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.concurrency(0))
			.withMessage("concurrency must be at least 1, but was 0");
	}

	@Test
	void hardwareIsLookedAtOnlyOnRequest(@TempDir Path root) throws IOException {
		Files.createDirectories(root.resolve("sys/class/dmi/id"));
		Files.writeString(root.resolve("sys/class/dmi/id/sys_vendor"), "LENOVO");
		assertThat(this.builder.detect().result()).isEqualTo(Result.UNKNOWN);
		assertThat(this.builder.detectHardware(root).detect().result()).isEqualTo(Result.ABSENT);
		assertThat(this.builder.endpoints(URI.create("http://own.example")).detect().result())
			.isEqualTo(Result.PRESENT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "169.254.169.254", "localhost:8080", "/latest", "ftp://169.254.169.254", "http:///latest",
			"http://user:secret@169.254.169.254", "http://169.254.169.254?x=1", "http://169.254.169.254#x" })
	void refusesInvalidEndpoints(String endpoint) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.endpoints(URI.create(endpoint)))
			.withMessageContaining("endpoint must be a URI such as 'http://169.254.169.254'")
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("secret"));
	}

	@Test
	void refusesNoEndpoint() {
		assertThatIllegalArgumentException().isThrownBy(this.builder::endpoints).withMessageContaining("endpoint");
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0, 21601 })
	void refusesTokenTimeToLiveThatTheServiceDoes(long seconds) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.tokenTtl(Duration.ofSeconds(seconds)))
			.withMessage("token.ttl must be from 1 second to 6 hours (21600 seconds), but was " + seconds + " seconds");
	}

	@Test
	void refusesTimeoutsThatWouldNotEnd() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.connectTimeout(Duration.ZERO))
			.withMessageContaining("connect-timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.readTimeout(Duration.ofNanos(1)))
			.withMessageContaining("read-timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.timeout(Duration.ofSeconds(-1)))
			.withMessageContaining("timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.timeout(Duration.ofSeconds(Long.MAX_VALUE)))
			.withMessageContaining("timeout must be from 1 to 2147483647 milliseconds");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.maxAttempts(0))
			.withMessageContaining("max-attempts");
	}

	@Test
	void refusesNegativeDelays() {
		Duration negative = Duration.ofMillis(-1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.connectionAttemptDelay(negative))
			.withMessage("connection-attempt-delay must be from 0 to 2147483647 milliseconds, but was PT-0.001S");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.retryDelay(negative))
			.withMessageContaining("retry.delay");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.builder.retryDelay(Duration.ofSeconds(Long.MAX_VALUE)))
			.withMessageContaining("retry.delay");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.retryMaxDelay(negative))
			.withMessageContaining("retry.max-delay");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.circuitBreakerOpenDuration(negative))
			.withMessageContaining("circuit-breaker.open-duration");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.circuitBreakerMaxOpenDuration(negative))
			.withMessageContaining("circuit-breaker.max-open-duration");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "newest", "2021-7-15", "../latest", "2021-07-15/" })
	void refusesInvalidVersions(String version) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.version(version))
			.withMessageContaining("version");
	}

}
