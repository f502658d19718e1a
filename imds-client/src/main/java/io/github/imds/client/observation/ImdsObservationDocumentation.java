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

package io.github.imds.client.observation;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * {@link ObservationDocumentation} of a client. All keys have few values: nothing in them
 * comes from a path, a header or a body.
 *
 * @since 0.1.0
 */
public enum ImdsObservationDocumentation implements ObservationDocumentation {

	/**
	 * Request for a session token or for a value, until the response begins.
	 */
	REQUEST {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultImdsRequestObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return RequestKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return RequestDetailKey.values();
		}

	},

	/**
	 * Tree of metadata: all requests for a directory and the values below it.
	 */
	TREE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultImdsTreeObservationConvention.class;
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return TreeKey.values();
		}

	};

	/**
	 * Keys of traces of a request.
	 */
	public enum RequestDetailKey implements KeyName {

		/**
		 * Path pattern of the requested value or directory in the catalogue,
		 * {@code api/token}, or {@code unknown}. Metrics do not have it: a series for
		 * each of more than a hundred categories costs more than it tells.
		 */
		CATEGORY;

		@Override
		public String asString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Keys of traces of a tree.
	 */
	public enum TreeKey implements KeyName {

		/**
		 * Path pattern of the directory in the catalogue, or {@code unknown}.
		 */
		CATEGORY;

		@Override
		public String asString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Keys of metrics and traces of a request.
	 */
	public enum RequestKey implements KeyName {

		/**
		 * Simple name of the exception that ended the request, or {@code none}.
		 */
		EXCEPTION,

		/**
		 * HTTP method.
		 */
		METHOD,

		/**
		 * Kind of the answer: {@code INFORMATIONAL}, {@code SUCCESS},
		 * {@code REDIRECTION}, {@code CLIENT_ERROR}, {@code SERVER_ERROR}, or
		 * {@code UNKNOWN} if there is none.
		 */
		OUTCOME,

		/**
		 * HTTP status of the answer, {@code IO_ERROR} if the request failed, or
		 * {@code UNKNOWN} while there is neither.
		 */
		STATUS;

		@Override
		public String asString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
