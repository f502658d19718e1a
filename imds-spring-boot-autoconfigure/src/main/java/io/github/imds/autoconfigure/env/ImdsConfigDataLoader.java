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

package io.github.imds.autoconfigure.env;

import java.util.List;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.logging.DeferredLogFactory;

import io.github.imds.ImdsException;
import io.github.imds.autoconfigure.client.ImdsClientHolder;
import io.github.imds.client.ImdsClient;

/**
 * Reads instance metadata into an immutable property source. A failed read counts as a
 * resource that is not found, so {@code optional:} ignores it.
 */
final class ImdsConfigDataLoader implements ConfigDataLoader<ImdsConfigDataResource> {

	private static final String TAGS = "meta-data/tags";

	private final Log logger;

	ImdsConfigDataLoader(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(ImdsConfigDataLoader.class);
	}

	@Override
	public ConfigData load(ConfigDataLoaderContext context, ImdsConfigDataResource resource) {
		ImdsClientHolder holder = resource.holder();
		if (holder == null) {
			return ConfigData.EMPTY;
		}
		Object metadata = read(holder, resource).orElseThrow(() -> absent(resource));
		SnapshotProperties properties = new SnapshotProperties(this.logger);
		properties.add(resource.path(), metadata);
		return new ConfigData(List.of(new SnapshotPropertySource(resource.toString(), properties.toMap())));
	}

	private Optional<Object> read(ImdsClientHolder holder, ImdsConfigDataResource resource) {
		ImdsClient imds = holder.client();
		try {
			return imds.read(resource.path());
		}
		catch (ImdsException ex) {
			throw notFound(resource, ex.getMessage(), holder.detection().isEnabled()
					? "Correct the cause of the failure"
					: "If this is an EC2 instance that should use its metadata, set 'imds.client.enabled' to 'true'",
					ex);
		}
		catch (IllegalArgumentException ex) {
			throw new ImdsConfigDataException(resource.location(), ex.getMessage(),
					"Import a path below 'meta-data', such as 'imds:tags/instance', or all with 'imds:'.", ex);
		}
	}

	private ConfigDataResourceNotFoundException absent(ImdsConfigDataResource resource) {
		boolean tags = (resource.path() + "/").startsWith(TAGS + "/");
		return notFound(resource, "the instance has no metadata at '%s'".formatted(resource.path()),
				tags ? "Allow tags in instance metadata with 'aws ec2 modify-instance-metadata-options "
						+ "--instance-metadata-tags enabled', and tag the instance" : "Check the path",
				null);
	}

	private ConfigDataResourceNotFoundException notFound(ImdsConfigDataResource resource, String problem, String action,
			@Nullable Exception cause) {
		ImdsConfigDataException failure = new ImdsConfigDataException(resource.location(), problem,
				"%s. If the application is to start without, import 'optional:%s'.".formatted(action, resource), cause);
		this.logger.debug(failure.getMessage());
		return new ConfigDataResourceNotFoundException(resource, failure);
	}

}
