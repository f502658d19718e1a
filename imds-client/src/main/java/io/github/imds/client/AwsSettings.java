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
		return Optional.ofNullable(find("aws.ec2MetadataServiceEndpoint", "AWS_EC2_METADATA_SERVICE_ENDPOINT"));
	}

	Optional<Setting<EndpointMode>> endpointMode() {
		Setting<String> setting = find("aws.ec2MetadataServiceEndpointMode", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
		return (setting != null) ? Optional.of(setting.parse(AwsSettings::parseMode)) : Optional.empty();
	}

	/**
	 * Return the switch as written. AWS's tools know {@code true} and {@code false}.
	 */
	Optional<Setting<String>> disabled() {
		return Optional.ofNullable(find("aws.disableEc2Metadata", "AWS_EC2_METADATA_DISABLED"));
	}

	Optional<Setting<Duration>> timeout() {
		Setting<String> setting = find("aws.ec2MetadataServiceTimeout", "AWS_METADATA_SERVICE_TIMEOUT");
		return (setting != null) ? Optional.of(setting.parse(AwsSettings::parseSeconds)) : Optional.empty();
	}

	Optional<Setting<Integer>> attempts() {
		Setting<String> setting = find(null, "AWS_METADATA_SERVICE_NUM_ATTEMPTS");
		return (setting != null) ? Optional.of(setting.parse(Integer::valueOf)) : Optional.empty();
	}

	private @Nullable Setting<String> find(@Nullable String property, String variable) {
		Setting<String> setting = (property != null) ? setting(property, this.properties.getProperty(property)) : null;
		return (setting != null) ? setting : setting(variable, this.environment.get(variable));
	}

	private static @Nullable Setting<String> setting(String name, @Nullable String value) {
		return (value != null && !value.isBlank()) ? new Setting<>(name, value.trim(), value.trim()) : null;
	}

	private static EndpointMode parseMode(String value) {
		for (EndpointMode mode : EndpointMode.values()) {
			if (mode != EndpointMode.AUTO && mode.name().equalsIgnoreCase(value)) {
				return mode;
			}
		}
		throw new IllegalArgumentException("expected IPv4 or IPv6");
	}

	private static Duration parseSeconds(String value) {
		return Duration.ofMillis(new BigDecimal(value).movePointRight(3).longValueExact());
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
