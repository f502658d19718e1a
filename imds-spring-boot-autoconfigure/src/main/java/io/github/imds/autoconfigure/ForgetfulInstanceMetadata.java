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

package io.github.imds.autoconfigure;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.client.ImdsClient;
import io.github.imds.metadata.InstanceMetadata;

/**
 * {@link InvocationHandler} for an {@link InstanceMetadata} that can discard the facts it
 * has read.
 */
final class ForgetfulInstanceMetadata implements InvocationHandler {

	private final ImdsClient client;

	private volatile InstanceMetadata target;

	private ForgetfulInstanceMetadata(ImdsClient client) {
		this.client = client;
		this.target = InstanceMetadata.of(client);
	}

	static InstanceMetadata create(ImdsClient client, ImdsClientHolder holder) {
		ForgetfulInstanceMetadata handler = new ForgetfulInstanceMetadata(client);
		holder.onReset(handler::forget);
		return (InstanceMetadata) Proxy.newProxyInstance(InstanceMetadata.class.getClassLoader(),
				new Class<?>[] { InstanceMetadata.class }, handler);
	}

	private void forget() {
		this.target = InstanceMetadata.of(this.client);
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws Throwable {
		if (method.getName().equals("equals") && args != null && args.length == 1) {
			return proxy == args[0];
		}
		try {
			return method.invoke(this.target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
