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
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

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

	private final Lookup environment;

	private final Lookup properties;

	AwsSettings(Lookup environment, Lookup properties) {
		this.environment = environment;
		this.properties = properties;
	}

	static AwsSettings ofSystem() {
		return new AwsSettings(System::getenv, System::getProperty);
	}

	Optional<Setting<String>> endpoint() {
		return find("aws.ec2MetadataServiceEndpoint", "AWS_EC2_METADATA_SERVICE_ENDPOINT", UnaryOperator.identity());
	}

	Optional<Setting<EndpointMode>> endpointMode() {
		return find("aws.ec2MetadataServiceEndpointMode", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
				(value) -> Arrays.stream(EndpointMode.values())
					.filter((mode) -> mode != EndpointMode.AUTO && mode.name().equalsIgnoreCase(value))
					.findFirst()
					.orElseThrow(() -> new IllegalArgumentException("expected IPv4 or IPv6")));
	}

	Optional<Setting<Boolean>> disabled() {
		return find("aws.disableEc2Metadata", "AWS_EC2_METADATA_DISABLED", Boolean::valueOf);
	}

	Optional<Setting<Duration>> timeout() {
		return find("aws.ec2MetadataServiceTimeout", "AWS_METADATA_SERVICE_TIMEOUT",
				(value) -> Duration.ofMillis(new BigDecimal(value).movePointRight(3).longValueExact()));
	}

	Optional<Setting<Integer>> attempts() {
		return find(null, "AWS_METADATA_SERVICE_NUM_ATTEMPTS", Integer::valueOf);
	}

	private <T> Optional<Setting<T>> find(@Nullable String property, String variable, Function<String, T> parser) {
		if (property != null) {
			String value = this.properties.get(property);
			if (value != null && !value.isBlank()) {
				return Optional.of(parse(property, value.trim(), parser));
			}
		}
		String value = this.environment.get(variable);
		if (value != null && !value.isBlank()) {
			return Optional.of(parse(variable, value.trim(), parser));
		}
		return Optional.empty();
	}

	private <T> Setting<T> parse(String name, String value, Function<String, T> parser) {
		try {
			return new Setting<>(name, value, parser.apply(value));
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new IllegalArgumentException("Invalid value '%s' of %s: %s".formatted(value, name, ex.getMessage()),
					ex);
		}
	}

	/**
	 * Source of strings by name.
	 */
	@FunctionalInterface
	interface Lookup {

		@Nullable String get(String name);

	}

	/**
	 * A setting and where it was found.
	 *
	 * @param <T> the type of the value
	 * @param name the name of the system property or the environment variable
	 * @param text the value as written
	 * @param value the value
	 */
	record Setting<T>(String name, String text, T value) {

		/**
		 * Return name and value as written.
		 * @return the origin, such as {@code AWS_EC2_METADATA_DISABLED=true}
		 */
		String origin() {
			return this.name + "=" + this.text;
		}

	}

}
