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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.imds.client.ImdsClient;
import io.github.imds.client.ImdsDetection;
import io.github.imds.client.ImdsStatus;

/**
 * {@link AotApplication} on a machine that does not tell whether it is an instance. An
 * endpoint that is set tells so, and a default endpoint is that of the machine that runs
 * the test, so the client of this application leaves out what it detected.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@Import(AotApplication.class)
public class UndetectedApplication {

	public static void main(String[] args) throws InterruptedException {
		try (ConfigurableApplicationContext context = SpringApplication.run(UndetectedApplication.class, args)) {
			System.out.println("SEEN lifecycle=" + AotApplication.lifecycle(context));
		}
	}

	@Bean
	ImdsClient imdsClient(@Value("${imds.client.endpoint}") URI endpoint) {
		ImdsClient client = ImdsClient.builder().endpoints(endpoint).build();
		return (ImdsClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { ImdsClient.class },
				(proxy, method, arguments) -> {
					try {
						Object result = method.invoke(client, arguments);
						return (result instanceof ImdsStatus status) ? undetected(status) : result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private static ImdsStatus undetected(ImdsStatus status) {
		return new ImdsStatus(new ImdsDetection(ImdsDetection.Result.UNKNOWN, "the machine does not tell"),
				status.endpointMode(), status.endpoint(), status.tokenExpiresAt(), status.failure());
	}

}
