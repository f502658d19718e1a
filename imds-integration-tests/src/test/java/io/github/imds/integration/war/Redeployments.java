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

package io.github.imds.integration.war;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat that deploys and undeploys a web application and then tells how many of its
 * class loaders remain. Runs in a JVM that has nothing but Tomcat.
 *
 * @since 0.1.0
 */
public final class Redeployments {

	static final int DEPLOYMENTS = 10;

	private static final int MOST_COLLECTIONS = 100;

	private Redeployments() {
	}

	/**
	 * Deploy and undeploy.
	 * @param args the web application, the directory of Tomcat, the endpoint
	 * @throws Exception if Tomcat does not start
	 */
	public static void main(String[] args) throws Exception {
		try {
			System.out.println("class loaders: " + redeploy(args));
			System.exit(0);
		}
		catch (Exception ex) {
			// The threads of Tomcat would keep the JVM alive
			ex.printStackTrace();
			System.exit(1);
		}
	}

	private static long redeploy(String[] args) throws Exception {
		System.setProperty("imds.client.endpoint", args[2]);
		Tomcat tomcat = new Tomcat();
		tomcat.setBaseDir(args[1]);
		tomcat.start();
		List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
		for (int i = 0; i < DEPLOYMENTS; i++) {
			loaders.add(deploy(tomcat, args[0]));
		}
		for (int i = 0; i < MOST_COLLECTIONS && alive(loaders) > 1; i++) {
			System.gc();
			Thread.sleep(100);
		}
		return alive(loaders);
	}

	private static WeakReference<ClassLoader> deploy(Tomcat tomcat, String webApplication) {
		Context context = tomcat.addWebapp("", webApplication);
		if (!context.getState().isAvailable()
				|| !"i-0123456789abcdef0".equals(context.getServletContext().getAttribute("instance-id"))) {
			throw new IllegalStateException("The application was not deployed");
		}
		ClassLoader loader = context.getLoader().getClassLoader();
		tomcat.getHost().removeChild(context);
		return new WeakReference<>(loader);
	}

	private static long alive(List<WeakReference<ClassLoader>> loaders) {
		return loaders.stream().filter((loader) -> loader.get() != null).count();
	}

}
