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

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;

/**
 * {@link BeanRegistrar} that registers beans on EC2 only. It decides when the application
 * starts, even if the application was processed ahead of time;
 * {@link ConditionalOnEc2 @ConditionalOnEc2} then decides at build time. Use it with
 * {@link org.springframework.context.annotation.Import @Import}:
 *
 * <pre class="code">
 * &#064;Configuration(proxyBeanMethods = false)
 * &#064;Import(QueueConfiguration.Registrar.class)
 * class QueueConfiguration {
 *
 *     static class Registrar extends Ec2BeanRegistrar {
 *
 *         &#064;Override
 *         protected void registerOnEc2(BeanRegistry registry, Environment environment) {
 *             registry.registerBean("queue", SqsQueue.class);
 *         }
 *
 *     }
 *
 * }
 * </pre>
 *
 * Ahead-of-time processing calls {@link #registerOnEc2} on any machine, to discover the
 * beans that the application may have.
 *
 * @since 0.1.0
 */
public abstract class Ec2BeanRegistrar implements BeanRegistrar {

	@Override
	public final void register(BeanRegistry registry, Environment environment) {
		if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
				|| OnEc2Condition.getMatchOutcome(environment).isMatch()) {
			registerOnEc2(registry, environment);
		}
	}

	/**
	 * Register beans. Called when the application runs on EC2.
	 * @param registry the registry to register the beans with
	 * @param environment the environment of the application
	 */
	protected abstract void registerOnEc2(BeanRegistry registry, Environment environment);

}
