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

package io.github.imds.test;

import org.springframework.context.annotation.Configuration;

/**
 * Configuration that runs an application on the default instance of
 * {@link SimulatedInstance}, as in a local run:
 *
 * <pre class="code">
 * SpringApplication.from(OrdersApplication::main).with(SimulatedInstanceConfiguration.class).run(args);
 * </pre>
 *
 * The simulator is a bean of the application and ends with it. For another instance,
 * annotate a configuration class with {@link SimulatedInstance}.
 *
 * @since 0.1.0
 */
@Configuration(proxyBeanMethods = false)
@SimulatedInstance
public class SimulatedInstanceConfiguration {

}
