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

package io.github.imds.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.github.imds.autoconfigure.ImdsProperties;
import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsClientBuilder;
import io.github.imds.client.ImdsDetection.Result;
import io.github.imds.test.ImdsSimulator;

/**
 * Starts a simulated instance if the application does not run on EC2, unless a setting
 * says what to use. It has to be early: config data already refers to instance metadata.
 */
final class SimulatedInstanceEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String NAME = "simulatedInstance";

	private static final Duration PROBE_TIMEOUT = Duration.ofMillis(500);

	private final Log logger;

	private final ConfigurableBootstrapContext bootstrapContext;

	SimulatedInstanceEnvironmentPostProcessor(DeferredLogFactory logFactory,
			ConfigurableBootstrapContext bootstrapContext) {
		this.logger = logFactory.getLog(ImdsSampleApplication.class);
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
			return;
		}
		ImdsProperties settings = Binder.get(environment).bindOrCreate("imds.client", ImdsProperties.class);
		if (isInstanceMissing(settings, Path.of("/"))) {
			simulateInstance(environment);
		}
	}

	/**
	 * Return whether there is neither an instance nor a setting that says where, or
	 * whether, to look for one.
	 * @param settings the settings of the starter
	 * @param root the root of the file system that describes the hardware
	 */
	static boolean isInstanceMissing(ImdsProperties settings, Path root) {
		if (settings.enabled() != ImdsProperties.Enabled.AUTO || settings.endpoint() != null) {
			return false;
		}
		ImdsClientBuilder builder = ImdsClient.builder();
		if (builder.detect().result() != Result.UNKNOWN) {
			// The settings that all AWS tools share say where it is, or that it is off
			return false;
		}
		return switch (builder.detectHardware(root).detect().result()) {
			case PRESENT -> false;
			case ABSENT -> true;
			case UNKNOWN -> !answers(builder);
		};
	}

	private static boolean answers(ImdsClientBuilder builder) {
		try (ImdsClient client = builder.connectTimeout(PROBE_TIMEOUT)
			.readTimeout(PROBE_TIMEOUT)
			.maxAttempts(1)
			.build()) {
			return client.isAvailable();
		}
	}

	void simulateInstance(ConfigurableEnvironment environment) {
		ImdsSimulator simulator = ImdsSimulator.start();
		environment.getPropertySources()
			.addLast(new MapPropertySource(NAME, Map.of("imds.client.endpoint", simulator.endpoint().toString())));
		this.bootstrapContext
			.addCloseListener((event) -> registerBean(event.getApplicationContext().getBeanFactory(), simulator));
		this.logger.info("There is no instance metadata service. Simulating an instance at " + simulator.endpoint());
	}

	private static void registerBean(ConfigurableListableBeanFactory beanFactory, ImdsSimulator simulator) {
		beanFactory.registerSingleton(NAME, simulator);
		if (beanFactory instanceof DefaultSingletonBeanRegistry registry) {
			registry.registerDisposableBean(NAME, simulator::close);
		}
	}

	/**
	 * Before the starter, which is itself before config data.
	 */
	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 2;
	}

}
