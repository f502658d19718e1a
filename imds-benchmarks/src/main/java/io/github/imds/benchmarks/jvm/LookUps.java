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

package io.github.imds.benchmarks.jvm;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.Assert;

import io.github.imds.benchmarks.process.MeasuredApplication;
import io.github.imds.metadata.InstanceMetadata;

/**
 * Look-ups in a running application that send no request.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class LookUps {

	private static final String SOURCE = "imds";

	private static final String PROPERTY = "imds.instance-id";

	private static final String OTHER = "measured.no-such-property";

	private ConfigurableApplicationContext context;

	private ConfigurableEnvironment environment;

	private PropertySource<?> source;

	private ConfigurableApplicationContext contextWithoutImds;

	private ConfigurableEnvironment environmentWithoutImds;

	private InstanceMetadata instance;

	/**
	 * Start the application twice, the second time without the property source.
	 */
	@Setup
	public void start() {
		this.context = run();
		this.environment = this.context.getEnvironment();
		this.source = Objects.requireNonNull(this.environment.getPropertySources().get(SOURCE));
		this.instance = this.context.getBean(InstanceMetadata.class);
		Assert.state(this.instance.instanceId().equals(this.environment.getRequiredProperty(PROPERTY)),
				"Nothing to look up");
		this.contextWithoutImds = run();
		this.environmentWithoutImds = this.contextWithoutImds.getEnvironment();
		Assert.notNull(this.environmentWithoutImds.getPropertySources().remove(SOURCE), "No property source");
	}

	private static ConfigurableApplicationContext run() {
		return new SpringApplicationBuilder(MeasuredApplication.class).bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.run("--imds.client.endpoint=" + System.getProperty(UncachedReads.ENDPOINT));
	}

	/**
	 * Close both contexts.
	 */
	@TearDown
	public void end() {
		this.context.close();
		this.contextWithoutImds.close();
	}

	/**
	 * Look up a property of the instance again.
	 * @return the value
	 */
	@Benchmark
	public @Nullable String imdsProperty() {
		return this.environment.getProperty(PROPERTY);
	}

	/**
	 * Look up the same property in the property source alone.
	 * @return the value
	 */
	@Benchmark
	public @Nullable Object imdsPropertyInSource() {
		return this.source.getProperty(PROPERTY);
	}

	/**
	 * Look up a property that does not exist, a common case of other properties.
	 * @return {@code null}
	 */
	@Benchmark
	public @Nullable String otherProperty() {
		return this.environment.getProperty(OTHER);
	}

	/**
	 * Look up the same property without the property source.
	 * @return {@code null}
	 */
	@Benchmark
	public @Nullable String otherPropertyWithoutImds() {
		return this.environmentWithoutImds.getProperty(OTHER);
	}

	/**
	 * Look up a fact in the typed view again.
	 * @return the value
	 */
	@Benchmark
	public String fact() {
		return this.instance.instanceId();
	}

}
