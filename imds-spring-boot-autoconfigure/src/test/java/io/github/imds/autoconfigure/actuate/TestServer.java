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

package io.github.imds.autoconfigure.actuate;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.github.imds.test.ImdsSimulator;

/**
 * Application with a web server, and a client that sends requests unchanged. Most clients
 * normalize them.
 *
 * @param context the context of the application
 */
public record TestServer(ConfigurableApplicationContext context) implements AutoCloseable {

	/**
	 * Without Spring Security, and with one of the two servers that WebFlux has here.
	 */
	public static final String WITHOUT_SECURITY = "spring.autoconfigure.exclude="
			+ """
							org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration,\
							org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration,\
							org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration,\
							org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration,\
							org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration,\
							org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration,\
							org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,\
							org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,\
					org.springframework.boot.tomcat.autoconfigure.actuate.web.server.TomcatReactiveManagementContextAutoConfiguration""";

	/**
	 * Start an application without Spring Security.
	 */
	public static TestServer start(ImdsSimulator simulator, WebApplicationType type, String... properties) {
		return start(Application.class, simulator, type, WITHOUT_SECURITY, properties);
	}

	public static TestServer start(Class<?> source, ImdsSimulator simulator, WebApplicationType type, String property,
			String... properties) {
		List<String> args = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off", property,
				"management.endpoints.web.exposure.include=*", "imds.client.endpoint=" + simulator.endpoint()));
		args.addAll(List.of(properties));
		return new TestServer(new SpringApplicationBuilder(source).web(type)
			.run(args.stream().map((argument) -> "--" + argument).toArray(String[]::new)));
	}

	public Answer get(String target, String... headers) {
		return getFrom("local.server.port", target, headers);
	}

	/**
	 * Send a request.
	 * @param port the property that holds the port
	 * @param target what to put into the request line, as it is
	 * @param headers header lines
	 * @return the answer
	 */
	public Answer getFrom(String port, String target, String... headers) {
		int number = this.context.getEnvironment().getRequiredProperty(port, Integer.class);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), number)) {
			OutputStream out = socket.getOutputStream();
			List<String> lines = new ArrayList<>(
					List.of("GET " + target + " HTTP/1.1", "Host: localhost", "Connection: close"));
			lines.addAll(List.of(headers));
			out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
			out.flush();
			return Answer.read(socket.getInputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * An answer.
	 *
	 * @param status the status code
	 * @param body the body
	 */
	public record Answer(int status, String body) {

		private static final JsonMapper MAPPER = JsonMapper.builder().build();

		static Answer read(InputStream in) throws IOException {
			String head = line(in);
			boolean chunked = false;
			for (String header = line(in); !header.isEmpty(); header = line(in)) {
				chunked |= header.equalsIgnoreCase("Transfer-Encoding: chunked");
			}
			byte[] body = chunked ? chunks(in) : in.readAllBytes();
			return new Answer(Integer.parseInt(head.split(" ", 3)[1]), new String(body, StandardCharsets.UTF_8));
		}

		private static byte[] chunks(InputStream in) throws IOException {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
				body.write(in.readNBytes(size));
				line(in);
			}
			return body.toByteArray();
		}

		private static String line(InputStream in) throws IOException {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			for (int next = in.read(); next != '\n'; next = in.read()) {
				if (next == -1) {
					throw new EOFException("The answer ends after '%s'".formatted(line));
				}
				line.write(next);
			}
			return line.toString(StandardCharsets.UTF_8).stripTrailing();
		}

		@SuppressWarnings("unchecked")
		public Map<String, Object> json() {
			return MAPPER.readValue(this.body, Map.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
