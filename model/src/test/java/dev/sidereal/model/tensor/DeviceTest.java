package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidereal.core.error.BadConfig;
import org.junit.jupiter.api.Test;

class DeviceTest {
    @Test
    void theCpuIsAlwaysThere() {
        assertThat(Device.parse("cpu")).isEqualTo(Device.CPU).hasToString("cpu");
    }

    @Test
    void autoTakesWhatThereIs() {
        assertThat(Device.parse("auto")).hasToString(Torch.cudaDevices() > 0 ? "cuda:0" : "cpu");
    }

    @Test
    void aNameThatIsNoDeviceIsRefused() {
        assertThatThrownBy(() -> Device.parse("gpu"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("There is no device \"gpu\"; expected cpu, cuda, cuda:0, cuda:1, ... or auto.");
    }

    @Test
    void aDeviceThatIsNotThereIsRefused() {
        assumeFalse(Torch.builtForCuda());
        assertThatThrownBy(() -> Device.parse("cuda:3"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The device cuda:3 is not there: this build of Sidereal has libtorch for CPUs alone"
                        + " (mvn -Pgpu builds it for CUDA); choose cpu or auto.");
    }

    @Test
    void aCudaDeviceComputesWhatTheCpuComputes() {
        assumeTrue(Torch.cudaDevices() > 0);
        try (TensorScope _ = new TensorScope()) {
            Tensor a = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2).to(Device.cuda(0));
            assertThat(a.device()).hasToString("cuda:0");
            assertThat(a.matmul(a).floats()).containsExactly(7, 10, 15, 22);
        }
    }

    @Test
    void aTypeInWhichADeviceCannotComputeIsRefused() {
        assertThatThrownBy(() -> Device.CPU.requireCompute(DType.F16))
                .isInstanceOf(BadConfig.class)
                .hasMessage("Models cannot be computed in F16 on the device cpu; choose F32, BF16 or F64.");
        assertThatThrownBy(() -> Autocast.of(DType.I32, Device.CPU))
                .isInstanceOf(BadConfig.class)
                .hasMessage("Models cannot be computed in I32 on the device cpu; choose F32, BF16 or F64.");
    }

    @Test
    void typesAreReadAsUsersWriteThem() {
        assertThat(DType.parse("bfloat16")).isEqualTo(DType.BF16);
        assertThat(DType.parse("F32")).isEqualTo(DType.F32);
        assertThatThrownBy(() -> DType.parse("fp8"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("There is no number type \"fp8\"; expected one of f32, bf16, f16, f64.");
    }
}
