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

package io.github.imds.client;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.imds.ImdsAccessDeniedException;
import io.github.imds.ImdsException;
import io.github.imds.ImdsResponseException;
import io.github.imds.ImdsUnavailableException;
import io.github.imds.category.MetadataCategory;

/**
 * Client of the Instance Metadata Service of the EC2 instance that the program runs on.
 * It uses session tokens (IMDSv2) only, blocks, and is safe for use by multiple threads.
 * <p>
 * Paths are relative to the version of the service: {@code meta-data/instance-id},
 * {@code dynamic/instance-identity/document}, {@code user-data}. A leading {@code /} or
 * {@code /latest/} is accepted. Names are given as they are, not percent-encoded. A path
 * with an empty, {@code .} or {@code ..} segment, a control character, a query or a
 * fragment, or without its {@code meta-data/}, causes an
 * {@link IllegalArgumentException}, and nothing is sent.
 * <p>
 * Metadata that the instance does not have yields an empty result. Failures throw an
 * {@link ImdsException}: {@link ImdsUnavailableException}, off EC2 too,
 * {@link ImdsAccessDeniedException} or {@link ImdsResponseException}. After a failure to
 * reach the service, further reads fail at once for a short time, so that they do not all
 * wait for their timeouts.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html">Instance
 * metadata categories</a>
 */
public interface ImdsClient extends AutoCloseable {

	/**
	 * Create a client with the settings that AWS's own tools use: their environment
	 * variables and system properties, else defaults.
	 * @return a new client
	 * @throws IllegalArgumentException if one of those settings is invalid
	 */
	static ImdsClient create() {
		return builder().build();
	}

	/**
	 * Create a builder for a client. It starts with the settings that AWS's own tools
	 * use.
	 * @return a new builder
	 */
	static ImdsClientBuilder builder() {
		return new ImdsClientBuilder(AwsSettings.ofSystem());
	}

	/**
	 * Read a value as text, or the listing of a directory as it comes.
	 * @param path the path of the value
	 * @return the text, or empty if the instance has no such metadata
	 * @throws ImdsException if the service does not answer
	 */
	Optional<String> get(String path);

	/**
	 * Read a JSON value. Names are matched without regard to case, names that the type
	 * does not know are ignored.
	 * @param <T> the type to read into
	 * @param path the path of the value
	 * @param type the type to read into
	 * @return the object, or empty if the instance has no such metadata
	 * @throws ImdsResponseException if the value is not JSON of that type
	 * @throws ImdsException if the service does not answer
	 */
	<T> Optional<T> get(String path, Class<T> type);

	/**
	 * Read a value as it is, byte for byte.
	 * @param path the path of the value
	 * @return the bytes, or empty if the instance has no such metadata
	 * @throws ImdsException if the service does not answer
	 */
	Optional<byte[]> getBytes(String path);

	/**
	 * Read a value, such as user data, without holding it in memory. The time limit of a
	 * call covers the time until the value begins, the read timeout each read after that.
	 * @param path the path of the value
	 * @return a stream that the caller has to close, or empty if the instance has no such
	 * metadata
	 * @throws ImdsException if the service does not answer
	 */
	Optional<InputStream> stream(String path);

	/**
	 * List a directory.
	 * @param path the path of the directory, with or without its final slash; empty for
	 * the top
	 * @return the names as listed, those of directories with a final slash; empty if the
	 * instance has no such metadata
	 * @throws ImdsException if the service does not answer
	 */
	List<String> list(String path);

	/**
	 * Read a value, or the tree below a directory, whichever the path names.
	 * <p>
	 * A value is what its {@link MetadataCategory} says: a {@link String}, an
	 * {@link Integer}, a {@link List} of strings, JSON as maps, lists and simple values,
	 * or a {@code byte[]}. What does not read as that type is text, and so is what the
	 * catalogue does not know.
	 * @param path the path of a value or a directory; empty for the top
	 * @param options what else to read
	 * @return the value or the {@link #tree(String, ReadOption...) tree}, or empty if the
	 * instance has no such metadata, or only sensitive metadata that was not asked for
	 * @throws ImdsException if the service does not answer
	 */
	Optional<Object> read(String path, ReadOption... options);

	/**
	 * Read everything below a directory. Each name as listed, directories without their
	 * final slash, leads to a {@link #read(String, ReadOption...) value} or to the map of
	 * a directory, in the order of the listing. Public keys are listed by index, with
	 * their {@code name} next to the formats of the key. What is listed but not there is
	 * left out, and so are entries that are not plain names.
	 * <p>
	 * {@link MetadataCategory#isSensitive(String) Sensitive} metadata is not even asked
	 * for, unless {@link ReadOption#INCLUDE_SENSITIVE} says so.
	 * <p>
	 * Several requests are made at once, by the calling thread and, if there is much to
	 * read, by others that end with the call. The time limit of a call is that of each
	 * value here; ten times that long after the start no further value is asked for. An
	 * entry that the service denies, or answers with something unusable, is left out,
	 * logged once as a warning, and reported to the
	 * {@linkplain ImdsClientBuilder#listener listener}; if nothing can be read, and on
	 * any other failure, the first one is thrown. A tree has up to 20,000 entries, 16
	 * levels and 4 MiB; one that has more is an {@link ImdsResponseException}.
	 * @param path the path of the directory, with or without its final slash; empty for
	 * the top
	 * @param options what else to read
	 * @return the tree, empty if the instance has no such metadata
	 * @throws IllegalArgumentException if the path is that of a value
	 * @throws ImdsException if the service does not answer
	 */
	Map<String, @Nullable Object> tree(String path, ReadOption... options);

	/**
	 * Read all there is, as a {@link #tree(String, ReadOption...) tree}. Every
	 * {@linkplain MetadataCategory.Support#DOCUMENTED documented} category whose path has
	 * no variable is part of it: {@code null} if the instance does not have it, so that
	 * the tree has the same shape everywhere.
	 * @param options what else to read
	 * @return the tree
	 * @throws ImdsException if the service does not answer
	 */
	Map<String, @Nullable Object> everything(ReadOption... options);

	/**
	 * Read the values whose path, or the {@linkplain MetadataCategory#pattern() pattern}
	 * of whose category, has a match for a regular expression in it. The paths are
	 * relative to the version: {@code meta-data/placement/region}. To find matches, every
	 * directory is listed; if the expression begins with {@code ^} and has no {@code |},
	 * only directories that can lead to a match. The limits of a
	 * {@link #tree(String, ReadOption...) tree} apply.
	 * @param pattern the regular expression to find
	 * @param options what else to read
	 * @return the values by their path, in the order of the listings
	 * @throws ImdsException if the service does not answer
	 */
	Map<String, @Nullable Object> match(Pattern pattern, ReadOption... options);

	/**
	 * Return whether the service answers with a plausible instance ID. At most that value
	 * is read to find out. Other services that listen at the address do not have it.
	 * @return whether metadata can be read
	 */
	boolean isAvailable();

	/**
	 * Return what is known of the service. Nothing is sent to find out.
	 * @return the status at this moment
	 */
	ImdsStatus status();

	/**
	 * Release what the client holds. Reading with a closed client is an
	 * {@link IllegalStateException}; closing it again does nothing.
	 */
	@Override
	void close();

}
