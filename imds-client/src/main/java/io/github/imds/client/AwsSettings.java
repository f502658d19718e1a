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

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The settings of the service that all AWS tools share. A system property counts more
 * than an environment variable.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-client.html">IMDS client
 * settings of the AWS SDKs and tools</a>
 */
final class AwsSettings {

	private final Map<String, String> environment;

	private final Properties properties;

	AwsSettings(Map<String, String> environment, Properties properties) {
		this.environment = environment;
		this.properties = properties;
	}

	static AwsSettings ofSystem() {
		return new AwsSettings(System.getenv(), System.getProperties());
	}

	Optional<Setting<String>> endpoint() {
		return find("aws.ec2MetadataServiceEndpoint", "AWS_EC2_METADATA_SERVICE_ENDPOINT");
	}

	Optional<Setting<EndpointMode>> endpointMode() {
		return find("aws.ec2MetadataServiceEndpointMode", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE")
			.map((setting) -> setting.parse((value) -> Arrays.stream(EndpointMode.values())
				.filter((mode) -> mode != EndpointMode.AUTO && mode.name().equalsIgnoreCase(value))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("expected IPv4 or IPv6"))));
	}

	/**
	 * Return the switch as written. AWS's tools know {@code true} and {@code false}.
	 */
	Optional<Setting<String>> disabled() {
		return find("aws.disableEc2Metadata", "AWS_EC2_METADATA_DISABLED");
	}

	Optional<Setting<Duration>> timeout() {
		return find("aws.ec2MetadataServiceTimeout", "AWS_METADATA_SERVICE_TIMEOUT").map((setting) -> setting
			.parse((value) -> Duration.ofMillis(new BigDecimal(value).movePointRight(3).longValueExact())));
	}

	Optional<Setting<Integer>> attempts() {
		return find(null, "AWS_METADATA_SERVICE_NUM_ATTEMPTS").map((setting) -> setting.parse(Integer::valueOf));
	}

	private Optional<Setting<String>> find(@Nullable String property, String variable) {
		Optional<Setting<String>> setting = (property != null)
				? setting(property, this.properties.getProperty(property)) : Optional.empty();
		return setting.isPresent() ? setting : setting(variable, this.environment.get(variable));
	}

	private static Optional<Setting<String>> setting(String name, @Nullable String value) {
		return (value != null && !value.isBlank()) ? Optional.of(new Setting<>(name, value.trim(), value.trim()))
				: Optional.empty();
	}

	/**
	 * A setting and where it was found.
	 *
	 * @param <T> the type of the value
	 * @param name the name of the system property or environment variable
	 * @param text the value as written
	 * @param value the value
	 */
	record Setting<T>(String name, String text, T value) {

		/**
		 * Return where the setting was found, such as
		 * {@code AWS_EC2_METADATA_DISABLED=true}.
		 */
		String origin() {
			return this.name + "=" + this.text;
		}

		<V> Setting<V> parse(Function<String, V> parser) {
			try {
				return new Setting<>(this.name, this.text, parser.apply(this.text));
			}
			catch (IllegalArgumentException | ArithmeticException ex) {
				throw new IllegalArgumentException(
						"Invalid value '%s' of %s: %s".formatted(this.text, this.name, ex.getMessage()), ex);
			}
		}

	}

}
