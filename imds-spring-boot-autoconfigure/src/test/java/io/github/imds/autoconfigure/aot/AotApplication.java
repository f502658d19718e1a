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

package io.github.imds.autoconfigure.aot;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.BeanRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

import io.github.imds.autoconfigure.ConditionalOnEc2;
import io.github.imds.autoconfigure.Ec2BeanRegistrar;
import io.github.imds.autoconfigure.ImdsAutoConfiguration;
import io.github.imds.autoconfigure.lifecycle.ImdsLifecycleAutoConfiguration;
import io.github.imds.client.ImdsClient;
import io.github.imds.lifecycle.LifecycleEvent;
import io.github.imds.metadata.InstanceMetadata;

/**
 * Application that prints metadata of its instance, and ends.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, ImdsAutoConfiguration.class,
		ImdsLifecycleAutoConfiguration.class })
@Import(AotApplication.Registrar.class)
public class AotApplication {

	@Value("orders-${imds.instance-id:local}")
	private String name = "";

	private final BlockingQueue<LifecycleEvent> events = new LinkedBlockingQueue<>();

	public static void main(String[] args) throws InterruptedException {
		try (ConfigurableApplicationContext context = SpringApplication.run(AotApplication.class, args)) {
			System.out.println("SEEN name=" + context.getBean(AotApplication.class).name + " condition="
					+ context.containsBean("byCondition") + " registrar=" + context.containsBean("byRegistrar")
					+ " property=" + context.containsBean("byProperty") + " client=" + client(context) + " lifecycle="
					+ lifecycle(context));
		}
	}

	private static String client(ConfigurableApplicationContext context) {
		ImdsClient client = context.getBean(ImdsClient.class);
		return client.status().detection().isEnabled()
				? client.get("meta-data/mac").orElse("none") + "," + context.getBean(InstanceMetadata.class).region()
				: "disabled";
	}

	/**
	 * Return the event that is heard on an instance, or the number of threads elsewhere.
	 */
	static String lifecycle(ConfigurableApplicationContext context) throws InterruptedException {
		if (context.getBean(ImdsClient.class).isAvailable()) {
			LifecycleEvent event = context.getBean(AotApplication.class).events.poll(1, TimeUnit.MINUTES);
			return (event != null) ? event.getClass().getSimpleName() : "none";
		}
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("imds-"))
			.count() + " threads";
	}

	@EventListener
	void hear(LifecycleEvent event) {
		this.events.add(event);
	}

	@Bean
	@ConditionalOnEc2
	String byCondition() {
		return "on EC2";
	}

	@Bean
	@ConditionalOnProperty("imds.instance-id")
	String byProperty() {
		return "on EC2";
	}

	static class Registrar extends Ec2BeanRegistrar {

		@Override
		protected void registerOnEc2(BeanRegistry registry, Environment environment) {
			registry.registerBean("byRegistrar", Thing.class);
		}

	}

	static class Thing {

	}

}
