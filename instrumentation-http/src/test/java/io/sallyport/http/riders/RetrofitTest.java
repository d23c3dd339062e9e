package io.sallyport.http.riders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.http.contract.Governed;
import io.sallyport.http.contract.GovernedTest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Path;

class RetrofitTest extends GovernedTest {

    interface Api {
        @GET("{path}")
        Call<ResponseBody> get(@Path("path") String path);
    }

    @Test
    void retrofitIsGoverned() throws Exception {
        Api api = new Retrofit.Builder()
                .baseUrl(server.at("/").toString())
                .build()
                .create(Api.class);
        assertThat(api.get("masked").execute().body().string()).isEqualTo(MASKED);
        assertThatThrownBy(() -> api.get("denied").execute())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-denied");
        CompletableFuture<String> held = new CompletableFuture<>();
        api.get("held").enqueue(new Callback<>() {
            @Override
            public void onResponse(Call<ResponseBody> call, Response<ResponseBody> response) {
                held.completeAsync(() -> {
                    try {
                        return response.body().string();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
            }

            @Override
            public void onFailure(Call<ResponseBody> call, Throwable failure) {
                held.completeExceptionally(failure);
            }
        });
        Governed.APPROVER.next().approve();
        assertThat(held.get(10, TimeUnit.SECONDS)).isEqualTo("secret 42");
    }
}
